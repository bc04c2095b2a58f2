package inspect

import (
	"encoding/json"
	"math"
	"testing"

	"gongkai/extract/layout"
)

func TestTenthsAreShortAndSafe(t *testing.T) {
	for _, test := range []struct {
		value float64
		want  string
	}{
		{0, "0"}, {12, "12"}, {12.34, "12.3"}, {12.36, "12.4"}, {-0.26, "-0.3"}, {-3, "-3"}, {-0.01, "0"},
		{math.NaN(), "0"}, {math.Inf(1), "0"}, {1e300, "0"},
	} {
		if got := string(tenths(test.value).append(nil)); got != test.want {
			t.Errorf("%v is written %s, want %s", test.value, got, test.want)
		}
	}
}

// row puts letters side by side, each as wide as told, on a line 10 points high.
func row(x, y float64, widths []float64, letters ...string) []layout.Glyph {
	glyphs := make([]layout.Glyph, len(letters))
	for i, letter := range letters {
		glyphs[i] = layout.Glyph{Text: letter, Size: 10, Box: layout.Box{X0: x, Y0: y, X1: x + widths[i], Y1: y + 10}}
		x += widths[i]
	}
	return glyphs
}

// A run is [x, y, size, face, turn, kind, text, spacing]: the baseline lies 1.41
// points above the lower edge of letters ten points high.
func TestRunsKeepThePlacesOfLetters(t *testing.T) {
	for _, test := range []struct {
		name   string
		glyphs []layout.Glyph
		want   string
	}{
		{"even", row(20, 30, []float64{10, 10, 10}, "预", "算", "表"), `[[20,38.6,10,0,0,0,"预算表",10]]`},
		{"uneven", row(20, 30, []float64{10, 5, 5}, "表", "1", "2"), `[[20,38.6,10,0,0,0,"表12",[100,50]]]`},
		{"two letters in a glyph", row(20, 30, []float64{10, 10}, "表", "fi"), `[[20,38.6,10,0,0,0,"表fi",[100,50]]]`},
		{"beyond the basic plane", row(20, 30, []float64{10, 10}, "𠀀", "表"), `[[20,38.6,10,0,0,0,"𠀀表",[0,100]]]`},
		{"a wide gap", append(row(20, 30, []float64{10}, "一"), row(60, 30, []float64{10}, "二")...), `[[20,38.6,10,0,0,0,"一",10],[60,38.6,10,0,0,0,"二",10]]`},
		{"two lines", append(row(20, 30, []float64{10}, "一"), row(30, 45, []float64{10}, "二")...), `[[20,38.6,10,0,0,0,"一",10],[30,53.6,10,0,0,0,"二",10]]`},
		{"blanks alone", row(20, 30, []float64{5, 5}, " ", " "), `[]`},
		{"markup", row(20, 30, []float64{5, 5}, "<", "&"), `[[20,38.6,10,0,0,0,"\u003c\u0026",5]]`},
	} {
		drawn := drawingOf(&layout.Page{Number: 1, Fonts: []string{"SimSun"}, Glyphs: test.glyphs}, Picture{})
		got, err := json.Marshal(drawn.Runs)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// Turned by a quarter, letters run down the page and their feet point left.
func TestRunsFollowTheTurnOfTheText(t *testing.T) {
	glyphs := []layout.Glyph{
		{Text: "上", Size: 10, Turn: 1, Box: layout.Box{X0: 50, Y0: 20, X1: 60, Y1: 30}},
		{Text: "下", Size: 10, Turn: 1, Box: layout.Box{X0: 50, Y0: 30, X1: 60, Y1: 40}},
	}
	got, err := json.Marshal(drawingOf(&layout.Page{Glyphs: glyphs}, Picture{}).Runs)
	if want := `[[51.4,20,10,0,1,0,"上下",10]]`; err != nil || string(got) != want {
		t.Errorf("%s, want %s (%v)", got, want, err)
	}
}

func TestHiddenTextIsARunOfItsOwn(t *testing.T) {
	glyphs := row(20, 30, []float64{10, 10}, "明", "暗")
	glyphs[1].Flags = layout.Hidden
	runs := drawingOf(&layout.Page{Glyphs: glyphs}, Picture{}).Runs
	if len(runs) != 2 || runs[0].kind != plainRun || runs[1].kind != droppedRun {
		t.Errorf("runs %+v", runs)
	}
}

func TestLooksOfFonts(t *testing.T) {
	for name, want := range map[string]string{
		"ABCDEF+SimSun": "serif", "宋体": "serif", "TimesNewRomanPS-BoldMT": "serif bold", "SimHei": "sans bold", "Arial": "sans",
		"KaiTi_GB2312": "kai", "FangSong": "serif", "CIDFont+F1": "sans",
	} {
		if got := lookOf(name); got != want {
			t.Errorf("%s looks %s, want %s", name, got, want)
		}
	}
}
