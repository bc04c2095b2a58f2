package layout

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// crowds are pages that grow with n rulings or glyphs, each of another shape.
var crowds = []struct {
	name string
	page func(n int) Page
}{
	{"cells drawn one by one", func(n int) Page {
		var page Page
		for i := range n / 4 {
			page.Rulings = append(page.Rulings, square(float64(i%10)*100, float64(i/10)*20, 100, 20)...)
		}
		return page
	}},
	{"lines through each other", func(n int) Page {
		var page Page
		for i := range n / 2 {
			page.Rulings = append(page.Rulings, Ruling{Horizontal: true, At: float64(i) * 5, To: 5e6}, Ruling{At: float64(i) * 5, To: 5e6})
		}
		return page
	}},
	{"boxes apart from each other", func(n int) Page {
		var page Page
		for i := range n / 5 {
			x, y := float64(i%40)*50, float64(i/40)*50
			page.Rulings = append(append(page.Rulings, square(x, y, 40, 40)...), Ruling{At: x + 45, From: y, To: y + 40})
		}
		return page
	}},
	{"small tables and text beside them", func(n int) Page {
		var page Page
		for i := range n / 20 {
			x, y := float64(i%20)*90, float64(i/20)*60
			page.Rulings = append(append(page.Rulings, square(x, y, 40, 40)...), Ruling{Horizontal: true, At: y + 20, From: x, To: x + 40})
			page.Glyphs = append(page.Glyphs, glyphs("12.50和34.70", x, y+12, 9)...)
		}
		return page
	}},
	{"rules of one width", func(n int) Page {
		page := Page{Glyphs: benchmarkRows(1000, 5)}
		for i := range n {
			page.Rulings = append(page.Rulings, Ruling{Horizontal: true, At: float64(i) * 10, From: 50, To: 550})
		}
		return page
	}},
	{"strokes of all lengths", func(n int) Page {
		random := rand.New(rand.NewPCG(1, 4))
		page := Page{Glyphs: benchmarkRows(1000, 5)}
		for i := range n {
			from, to := 1000*random.Float64(), 300+900*random.Float64()
			page.Rulings = append(page.Rulings, Ruling{Horizontal: i%2 == 0, At: 1000 * random.Float64(), From: min(from, to), To: max(from, to)})
		}
		return page
	}},
	{"rows without rulings", func(n int) Page { return Page{Glyphs: benchmarkRows(n, 5)} }},
	{"small tables without rulings", func(n int) Page {
		var page Page
		for i := range n / 60 {
			for k := range 4 {
				y := float64(i)*200 + float64(k)*15
				page.Glyphs = append(page.Glyphs, glyphs("预算", 40, y, 9)...)
				page.Glyphs = append(page.Glyphs, glyphs("12.50", 140, y, 9)...)
				page.Glyphs = append(page.Glyphs, glyphs("3,470.01", 240, y, 9)...)
			}
		}
		return page
	}},
	{"glyphs strewn about", func(n int) Page {
		random := rand.New(rand.NewPCG(1, 5))
		var page Page
		for range n / 4 {
			page.Glyphs = append(page.Glyphs, glyphs("12.5", 2000*random.Float64(), 2000*random.Float64(), 9)...)
		}
		return page
	}},
}

// TestCost: eight times as many rulings or glyphs take no more than eight times as
// long, and some more for the logarithm, memory and a busy machine; a cost that grew
// with the square would take sixty-four times.
func TestCost(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	const few, factor, slack = 5_000, 8, 3
	for _, crowd := range crowds {
		small, large := crowd.page(few), crowd.page(factor*few)
		// What disturbs a run passes: the shortest of some runs counts, and a page that
		// seems slow has more of them.
		base, took := time.Duration(1<<62), time.Duration(1<<62)
		for run := 0; run < 3 || run < 20 && took > factor*slack*max(base, 2*time.Millisecond); run++ {
			base, took = min(base, timed(&small)), min(took, timed(&large))
		}
		if took > factor*slack*max(base, 2*time.Millisecond) {
			t.Errorf("%s: %v for %d, %v for %d times as many", crowd.name, base, few, took, factor)
		}
	}
}

func timed(page *Page) time.Duration {
	start := time.Now()
	Analyze(page)
	return time.Since(start)
}

// BenchmarkCrowds shows the cost of each ruling or glyph as a page grows.
func BenchmarkCrowds(b *testing.B) {
	for _, crowd := range crowds {
		for _, n := range []int{100, 1000, 10_000, 100_000, 600_000} {
			b.Run(fmt.Sprintf("%s/%d", crowd.name, n), func(b *testing.B) {
				page := crowd.page(n)
				for b.Loop() {
					Analyze(&page)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/item")
			})
		}
	}
}
