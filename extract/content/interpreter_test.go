package content

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongkai/extract/layout"
)

// interpret runs a content stream on a page of 400 × 300 points; /F is Courier,
// whose glyphs are all 0.6 of the font size wide.
func interpret(t testing.TB, stream, pageEntries, resources string) *layout.Page {
	t.Helper()
	file, err := Open(context.Background(), pdfOf(
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 400 300] >>",
		"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> "+resources+" >> "+pageEntries+" >>",
		streamOf("", []byte(stream)),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
	), Options{})
	if err != nil {
		t.Fatal(err)
	}
	page, remarks, err := file.Page(1)
	if err != nil || len(remarks) > 0 {
		t.Fatal(err, remarks)
	}
	return page
}

// lines writes rulings as h or v, position, extent, rounded to tenths.
func lines(rulings []layout.Ruling) string {
	var out []string
	for _, r := range rulings {
		direction := "v"
		if r.Horizontal {
			direction = "h"
		}
		out = append(out, fmt.Sprintf("%s%g:%g-%g", direction, tenths(r.At), tenths(r.From), tenths(r.To)))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func tenths(x float64) float64 { return math.Round(10*x)/10 + 0 }

// dotsAbove draws so many dots a point apart above a place on the page.
func dotsAbove(x, y float64, count int) string {
	var out strings.Builder
	for k := range count {
		fmt.Fprintf(&out, "%g %g 0.5 0.5 re f\n", x-0.25, y+0.75+float64(k))
	}
	return out.String()
}

// TestRulings: which lines a reader sees, in points from the top left.
func TestRulings(t *testing.T) {
	for _, test := range []struct{ name, stream, want string }{
		{"a stroke", "10 100 m 110 100 l S", "h200:10-110"},
		{"a closed path", "10 10 m 50 10 l 50 40 l s", "h290:10-50 v50:260-290"},
		{"a box", "10 10 100 50 re S", "h240:10-110 h290:10-110 v10:240-290 v110:240-290"},
		{"a thin fill", "10 10 100 0.5 re f", "h289.8:10-110"},
		{"a trapezoid", "10 10 m 110 10 l 109 11 l 11 11 l f", "h289.5:10-110"},
		{"a thick fill is no line", "10 10 100 10 re f", ""},
		{"a curve is none", "10 10 m 40 10 80 10 110 10 c S", ""},
		{"a slanted stroke is none", "10 10 m 110 30 l S", ""},
		{"scaled", "q 2 0 0 0.5 10 20 cm 0 100 m 50 100 l S Q 0 0 m 50 0 l S", "h230:10-110 h300:0-50"},
		{"turned", "0 1 -1 0 200 0 cm 10 50 m 110 50 l S", "v150:190-290"},
		{"moved after h", "10 10 m 60 10 l 60 60 l h 10 100 l S", "h290:10-60 v10:200-290 v60:240-290"},
		{"clipped", "20 0 50 300 re W n 10 100 m 110 100 l S", "h200:20-70"},
		{"clipped away", "q 0 0 50 50 re W n 10 100 m 110 100 l S Q", ""},
		{"clip restored", "q 0 0 50 50 re W n Q 10 100 m 110 100 l S", "h200:10-110"},
		{"white", "1 G 10 100 m 110 100 l S", ""},
		{"white in CMYK", "0 0 0 0 K 10 100 m 110 100 l S", ""},
		{"white between shaded boxes", "0.8 g 0 50 200 100 re f 1 G 10 100 m 110 100 l S", "h200:10-110"},
		{"white at the edge of a shaded box", "0.8 g 0 50 200 50 re f 1 G 10 100 m 110 100 l S", ""},
		{"white before the shading", "1 G 10 100 m 110 100 l S 0.8 g 0 50 200 100 re f", ""},
		{"painted over", "10 100 m 110 100 l S 1 g 0 50 200 100 re f", ""},
		{"painted over in the middle", "10 100 m 110 100 l S 1 g 40 50 30 100 re f", "h200:10-40 h200:70-110"},
		{"painted over twice", "10 100 m 110 100 l S 1 g 30 50 20 100 re f 70 50 20 100 re f", "h200:10-30 h200:50-70 h200:90-110"},
		{"beside a fill", "10 100 m 110 100 l S 1 g 0 100 200 50 re f", "h200:10-110"},
		{"under a transparent fill", "10 100 m 110 100 l S /G gs 0.5 g 0 50 200 100 re f", "h200:10-110"},
		{"a fat short stroke", "100 w 60 100 m 60 100.5 l S", "h199.8:10-110"},
		{"dots", strings.Repeat("1 0 0 1 2 0 cm 10 100 0.5 0.5 re f\n", 20), "h199.8:12.3-50.3"},
		{"dots between two lines", "10 100 m 110 100 l S 10 107 m 110 107 l S " + dotsAbove(50, 100, 6), "h193:10-110 h200:10-110 v50:194-199"},
		{"dots that hang in the air", "10 100 m 110 100 l S " + dotsAbove(50, 100, 6), "h200:10-110"},
		{"corner squares are no dots", strings.Repeat("1 0 0 1 20 0 cm 10 100 0.5 0.5 re f\n", 15), ""},
		{"the outline of 目 is no grid", "10 10 12 18 re 12 12 8 3 re 12 17 8 3 re 12 22 8 3 re S", ""},
		{"nor is 目 filled", "10 10 12 18 re 11 12 10 4 re 11 18 10 4 re 11 24 10 2 re f*", ""},
		{"nor the bars of a letter beside its curves", "10 10 20 1 re 10 30 20 1 re 10 10 m 20 14 25 20 30 30 c h f", ""},
		{"nor the outline of 工", "20 10 m 22 11 l 22 12 l 15 12 l 15 22 l 19 22 l 20 21 l 22 23 l 6 23 l 6 22 l 13 22 l 13 12 l 6 12 l h S", ""},
		{"a small cell drawn as four bars is one", "10 10 20 1 re 10 29 20 1 re 10 10 1 20 re 29 10 1 20 re f", "h270.5:10-30 h289.5:10-30 v10.5:270-290 v29.5:270-290"},
		{"not a number", "1e400 0 m 9 9 l S", ""},
	} {
		page := interpret(t, test.stream, "", "/ExtGState << /G << /ca 0.3 >> >>")
		if got := lines(page.Rulings); got != test.want {
			t.Errorf("%s: %s\n got %s\nwant %s", test.name, test.stream, got, test.want)
		}
	}
}

// shown writes each glyph with its box, rounded, and its flags.
func shown(glyphs []layout.Glyph) string {
	var out []string
	for _, g := range glyphs {
		text := fmt.Sprintf("%s@%g,%g-%g,%g", g.Text, math.Round(g.Box.X0), math.Round(g.Box.Y0), math.Round(g.Box.X1), math.Round(g.Box.Y1))
		if g.Turn != 0 {
			text += fmt.Sprintf(" turn %d", g.Turn)
		}
		for flag, name := range map[layout.GlyphFlags]string{layout.Hidden: " hidden", layout.Watermark: " watermark"} {
			if g.Flags&flag != 0 {
				text += name
			}
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

// TestText: where glyphs stand and whether they are seen. Courier of size 100 is
// 60 wide, 63 high above the line and 16 below.
func TestText(t *testing.T) {
	for _, test := range []struct{ name, stream, want string }{
		{"two glyphs", "BT /F 100 Tf 50 100 Td (ab) Tj ET", "a@50,137-110,216; b@110,137-170,216"},
		{"kerned", "BT /F 100 Tf 50 100 Td [(a) -500 (b)] TJ ET", "a@50,137-110,216; b@160,137-220,216"},
		{"character and word spacing", "BT 10 Tc 20 Tw /F 100 Tf 0 100 Td (a b) Tj ET", "a@0,137-60,216;  @70,137-130,216; b@160,137-220,216"},
		{"stretched", "BT 50 Tz 10 Tc /F 100 Tf 0 100 Td (ab) Tj ET", "a@0,137-30,216; b@35,137-65,216"},
		{"raised", "BT 20 Ts /F 100 Tf 0 100 Td (a) Tj ET", "a@0,117-60,196"},
		{"next line", "BT 100 TL /F 100 Tf 0 200 Td (a) Tj T* (b) Tj 0 0 (c) \" ET", "a@0,37-60,116; b@0,137-60,216; c@0,237-60,316"},
		{"turned left", "BT /F 100 Tf 0 1 -1 0 100 50 Tm (a) Tj ET", "a@37,190-116,250 turn 3"},
		{"upside down", "BT /F 100 Tf -1 0 0 -1 100 100 Tm (a) Tj ET", "a@40,184-100,263 turn 2"},
		{"mirrored by a negative size", "1 0 0 -1 0 300 cm BT /F -100 Tf -1 0 0 1 50 100 Tm (a) Tj ET", "a@50,37-110,116"},
		{"askew", "BT /F 100 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (a) Tj ET", "a@56,114-153,211 watermark"},
		{"slanted letters stand straight", "BT /F 100 Tf 1 0 0.3 1 50 100 Tm (a) Tj ET", "a@45,137-129,216"},
		{"invisible", "BT 3 Tr /F 100 Tf 0 100 Td (a) Tj ET", "a@0,137-60,216 hidden"},
		{"white on paper", "1 g BT /F 100 Tf 0 100 Td (a) Tj ET", "a@0,137-60,216 hidden"},
		{"white with a black outline", "1 g BT 2 Tr /F 100 Tf 0 100 Td (a) Tj ET", "a@0,137-60,216"},
		{"white outline", "1 G BT 1 Tr /F 100 Tf 0 100 Td (a) Tj ET", "a@0,137-60,216 hidden"},
		{"white on dark", "0 0 1 rg 0 50 200 200 re f 1 g BT /F 100 Tf 0 100 Td (a) Tj ET", "a@0,137-60,216"},
		{"white on white on dark", "0.3 g 0 50 200 200 re f 1 g 0 50 200 200 re f BT /F 100 Tf 0 100 Td (a) Tj ET", "a@0,137-60,216 hidden"},
		{"painted over", "BT /F 100 Tf 0 100 Td (a) Tj ET 0.5 g 0 50 200 200 re f", "a@0,137-60,216 hidden"},
		{"half painted over", "BT /F 100 Tf 0 100 Td (a) Tj ET 0.5 g 25 50 200 200 re f", "a@0,137-60,216"},
		{"under a frame", "BT /F 100 Tf 0 100 Td (a) Tj ET 0 50 200 200 re 5 60 190 180 re f*", "a@0,137-60,216"},
		{"under a blend", "BT /F 100 Tf 0 100 Td (a) Tj ET /B gs 0.5 g 0 50 200 200 re f", "a@0,137-60,216"},
		{"off the page", "BT /F 100 Tf 500 100 Td (a) Tj ET", "a@500,137-560,216 hidden"},
		{"fonts from gs", "/T gs BT 0 100 Td (a) Tj ET", "a@0,137-60,216"},
		{"state restored", "q 3 Tr /F 100 Tf Q /F 100 Tf BT 0 100 Td (a) Tj ET", "a@0,137-60,216"},
	} {
		page := interpret(t, test.stream, "", "/ExtGState << /B << /BM /Multiply >> /T << /Font [5 0 R 100] >> >>")
		if got := shown(page.Glyphs); got != test.want {
			t.Errorf("%s: %s\n got %s\nwant %s", test.name, test.stream, got, test.want)
		}
	}
}

// TestRotation: a page is read as it is displayed.
func TestRotation(t *testing.T) {
	for rotation, want := range map[int]string{
		0:   "h200:10-110 a@50,137-110,216",
		90:  "v100:10-110 a@84,50-163,110 turn 1",
		180: "h100:290-390 a@290,84-350,163 turn 2",
		270: "v200:290-390 a@137,290-216,350 turn 3",
	} {
		page := interpret(t, "10 100 m 110 100 l S BT /F 100 Tf 50 100 Td (a) Tj ET", fmt.Sprintf("/Rotate %d", rotation), "")
		if got := lines(page.Rulings) + " " + shown(page.Glyphs); got != want {
			t.Errorf("/Rotate %d:\n got %s\nwant %s", rotation, got, want)
		}
	}
}

// TestLimits: more glyphs than any page has are left out with a remark.
// TestCutAway: the clip of a cell takes the end of a text that is too long for it,
// whichever way the text runs.
func TestCutAway(t *testing.T) {
	for _, test := range []struct{ name, stream, want string }{
		{"beside the clip", "40 80 60 120 re W n BT /F 100 Tf 50 100 Td (ab) Tj ET", "b"},
		{"half below the clip", "0 130 400 170 re W n BT /F 100 Tf 50 100 Td (a) Tj ET", "a"},
		{"a little below the clip", "0 90 400 210 re W n BT /F 100 Tf 50 100 Td (a) Tj ET", ""},
		{"turned, behind the clip", "0 40 400 60 re W n BT /F 100 Tf 0 1 -1 0 200 50 Tm (ab) Tj ET", "b"},
		{"turned, half beside the clip", "0 0 150 300 re W n BT /F 100 Tf 0 1 -1 0 200 50 Tm (a) Tj ET", "a"},
		{"turned, a little beside the clip", "0 0 205 300 re W n BT /F 100 Tf 0 1 -1 0 200 50 Tm (a) Tj ET", ""},
	} {
		page := interpret(t, test.stream, "", "")
		got := ""
		for _, c := range page.Clipped {
			got += page.Glyphs[c.Glyph].Text
		}
		if got != test.want {
			t.Errorf("%s: %s\n cut away %q, want %q", test.name, test.stream, got, test.want)
		}
	}
}

func TestLimits(t *testing.T) {
	file, err := Open(context.Background(), pdfOf(
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 400 300] >>",
		"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << >> >>",
		streamOf("", []byte("BT /F 1 Tf "+strings.Repeat("("+strings.Repeat("a", 1000)+") Tj ", maxGlyphs/1000+1)+"ET")),
	), Options{})
	if err != nil {
		t.Fatal(err)
	}
	page, remarks, err := file.Page(1)
	if err != nil || len(page.Glyphs) != maxGlyphs || len(remarks) != 1 || remarks[0].Rule != "R02" {
		t.Errorf("%d glyphs, %v, %v", len(page.Glyphs), remarks, err)
	}
}

// TestLayers: the policies of membership dictionaries.
func TestLayers(t *testing.T) {
	const on, off = "6 0 R", "7 0 R"
	for _, test := range []struct {
		member string
		hidden bool
	}{
		{"/OCGs [" + on + " " + off + "]", false}, {"/OCGs [" + off + "]", true}, {"/OCGs " + off, true}, {"/OCGs []", false}, {"/OCGs [null]", false},
		{"/P /AllOn /OCGs [" + on + " " + off + "]", true}, {"/P /AllOn /OCGs " + on, false},
		{"/P /AnyOff /OCGs [" + on + "]", true}, {"/P /AnyOff /OCGs [" + on + " " + off + "]", false}, {"/P /AnyOff /OCGs " + off, false},
		{"/P /AllOff /OCGs [" + on + " " + off + "]", true}, {"/P /AllOff /OCGs [" + off + "]", false},
		{"/VE [/Not " + off + "]", false}, {"/VE [/And " + on + " " + off + "]", true}, {"/VE [/Or " + on + " " + off + "]", false}, {"/VE [/Or " + off + " [/Not " + on + "]]", true},
	} {
		file, err := Open(context.Background(), pdfOf(
			"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [6 0 R 7 0 R] /D << /BaseState /OFF /ON [6 0 R] >> >> >>",
			"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 400 300] >>",
			"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Properties << /M 5 0 R >> >> >>",
			streamOf("", []byte("/OC /M BDC BT /F 9 Tf 9 9 Td (a) Tj ET EMC")),
			"<< /Type /OCMD "+test.member+" >>",
			"<< /Type /OCG /Name (On) >>",
			"<< /Type /OCG /Name (Off) >>",
		), Options{})
		if err != nil {
			t.Fatal(err)
		}
		page, _, err := file.Page(1)
		if err != nil || len(page.Glyphs) != 1 {
			t.Fatal(err, page)
		}
		if hidden := page.Glyphs[0].Flags&layout.Hidden != 0; hidden != test.hidden {
			t.Errorf("%s: hidden %t", test.member, hidden)
		}
	}
}

// BenchmarkPage interprets the pages of the typeset fixtures: tables and prose
// of three producers. It reports the time of a glyph beside the allocations of
// a page.
func BenchmarkPage(b *testing.B) {
	for _, producer := range []string{"writer", "chromium", "spreadsheet"} {
		b.Run(producer, func(b *testing.B) {
			data, err := os.ReadFile(filepath.Join("../../fixtures/seed-qinhuangdao-2021", producer+".pdf"))
			if err != nil {
				b.Fatal(err)
			}
			file, err := Open(context.Background(), data, Options{})
			if err != nil {
				b.Fatal(err)
			}
			glyphs := 0
			b.ReportAllocs()
			number := 0
			for b.Loop() {
				number = number%file.Pages() + 1
				page, _, err := file.Page(number)
				if err != nil {
					b.Fatal(err)
				}
				glyphs += len(page.Glyphs)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(max(1, glyphs)), "ns/glyph")
		})
	}
}
