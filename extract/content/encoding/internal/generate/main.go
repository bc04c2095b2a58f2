// Command generate writes the data files of package encoding from Adobe's published tables:
//
//	glyphs.txt  glyph names and their text: the Adobe Glyph List and the names of ZapfDingbats
//	widths.txt  glyph widths, ascenders and descenders of the standard 14 fonts
//
// It reads the Adobe Glyph List as Debian's python3-reportlab carries it (the lines of glyphlist.txt as entries of a
// table) and the folder of the Core 14 AFM files, which the Go module github.com/pdfcpu/pdfcpu carries.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func main() {
	list := flag.String("glyphlist", "", "the Adobe Glyph List as a table of names and code points")
	metrics := flag.String("afm", "", "folder of the Core 14 AFM files")
	flag.Parse()
	if err := generate(*list, *metrics); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func generate(list, metrics string) error {
	glyphs, err := readGlyphList(list)
	if err != nil {
		return err
	}
	fonts := map[string]*font{}
	for _, name := range slices.Concat(latinFonts, obliqueFonts, []string{"Symbol", "ZapfDingbats"}) {
		if fonts[name], err = readMetrics(filepath.Join(metrics, name+".afm")); err != nil {
			return err
		}
	}
	for i, oblique := range obliqueFonts {
		if !maps.Equal(fonts[oblique].widths, fonts[latinFonts[i]].widths) {
			return fmt.Errorf("%s is not as wide as its upright face", oblique)
		}
	}
	for name, code := range fonts["ZapfDingbats"].codes {
		if text := dingbat(code); name != "space" && text != 0 {
			glyphs[name] = fmt.Sprintf("%04X", text)
		}
	}
	if err := writeGlyphs("glyphs.txt", glyphs); err != nil {
		return err
	}
	return writeWidths("widths.txt", fonts)
}

// entry matches one glyph of the list, whose text is one code point or several in parentheses.
var entry = regexp.MustCompile(`^\s*'(\w+)': \(?((?:0x[0-9A-Fa-f]+,? ?)+)\)?,?\s*$`)

// readGlyphList gives the code points of each name as four hexadecimal digits, separated by spaces.
func readGlyphList(path string) (map[string]string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	glyphs := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if match := entry.FindStringSubmatch(line); match != nil {
			points := strings.FieldsFunc(match[2], func(r rune) bool { return r == ',' || r == ' ' })
			for i, point := range points {
				points[i] = strings.TrimPrefix(strings.ToUpper(point), "0X")
			}
			glyphs[match[1]] = strings.Join(points, " ")
		}
	}
	if len(glyphs) == 0 {
		return nil, fmt.Errorf("%s holds no glyph names", path)
	}
	return glyphs, nil
}

// The Courier faces are left out: all their glyphs are 600 wide.
var (
	latinFonts   = []string{"Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"}
	obliqueFonts = []string{"Helvetica-Oblique", "Helvetica-BoldOblique"}
)

type font struct {
	ascent, descent int // the font's box where the file gives no ascender
	widths, codes   map[string]int
}

// readMetrics reads what we need of an AFM file (Adobe Technical Note #5004).
func readMetrics(path string) (*font, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f := &font{widths: map[string]int{}, codes: map[string]int{}}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		number := func(i int) int {
			value, numberErr := strconv.Atoi(fields[i])
			if numberErr != nil && err == nil {
				err = fmt.Errorf("%s: %q: %w", path, lines.Text(), numberErr)
			}
			return value
		}
		switch {
		case len(fields) < 2:
		case fields[0] == "FontBBox":
			f.descent, f.ascent = number(2), number(4)
		case fields[0] == "Ascender":
			f.ascent = number(1)
		case fields[0] == "Descender":
			f.descent = number(1)
		case fields[0] == "C":
			f.codes[fields[7]], f.widths[fields[7]] = number(1), number(4)
		}
	}
	if len(f.widths) == 0 && err == nil {
		err = fmt.Errorf("%s: no character metrics", path)
	}
	return f, err
}

// dingbat gives the character of a code of ZapfDingbats, 0 for none. Unicode's Dingbats block follows the font's
// encoding, save for the shapes which other blocks had already (The Unicode Standard, 22.9).
func dingbat(code int) int {
	elsewhere := map[int]int{
		0x25: 0x260E, 0x2A: 0x261B, 0x2B: 0x261E, 0x48: 0x2605, 0x6C: 0x25CF, 0x6E: 0x25A0, 0x73: 0x25B2, 0x74: 0x25BC,
		0x75: 0x25C6, 0x77: 0x25D7, 0xA8: 0x2663, 0xA9: 0x2666, 0xAA: 0x2665, 0xAB: 0x2660, 0xD5: 0x2192, 0xD6: 0x2194,
		0xD7: 0x2195,
	}
	switch point, ok := elsewhere[code]; {
	case ok:
		return point
	case code >= 0x21 && code <= 0x7E:
		return 0x2700 + code - 0x20
	case code >= 0x80 && code <= 0x8D:
		return 0x2768 + code - 0x80
	case code >= 0xAC && code <= 0xB5:
		return 0x2460 + code - 0xAC
	case code >= 0xA1 && code <= 0xFE:
		return 0x2760 + code - 0xA0
	default:
		return 0
	}
}

func writeGlyphs(path string, glyphs map[string]string) error {
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(glyphs)) {
		fmt.Fprintf(&out, "%s;%s\n", name, glyphs[name])
	}
	return os.WriteFile(path, []byte(out.String()), 0o644)
}

// writeWidths writes a table for each set of fonts with the same glyphs: the names, the ascenders and the descenders
// of the fonts, then a line for each glyph. An empty line ends the table.
func writeWidths(path string, fonts map[string]*font) error {
	var out strings.Builder
	for _, set := range [][]string{latinFonts, {"Symbol"}, {"ZapfDingbats"}} {
		columns := []string{"font", "ascent", "descent"}
		for _, name := range set {
			columns[0] += " " + name
			columns[1] += " " + strconv.Itoa(fonts[name].ascent)
			columns[2] += " " + strconv.Itoa(fonts[name].descent)
		}
		out.WriteString(strings.Join(columns, "\n") + "\n")
		for _, glyph := range slices.Sorted(maps.Keys(fonts[set[0]].widths)) {
			out.WriteString(glyph)
			for _, name := range set {
				width, ok := fonts[name].widths[glyph]
				if !ok {
					return fmt.Errorf("%s lacks %s", name, glyph)
				}
				fmt.Fprintf(&out, " %d", width)
			}
			out.WriteString("\n")
		}
		out.WriteString("\n")
	}
	return os.WriteFile(path, []byte(out.String()), 0o644)
}
