package content

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fontPrograms are the programs embedded in the fixtures' fonts, by fixture.
func fontPrograms(t testing.TB) map[string][]byte {
	t.Helper()
	programs := make(map[string][]byte)
	files, _ := filepath.Glob("../../fixtures/encodings/*.pdf")
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, err := Open(context.Background(), data, Options{})
		if err != nil {
			t.Fatal(err)
		}
		fonts := file.pages[0].resources.key("Font")
		for _, name := range fonts.keys() {
			font := fonts.key(name)
			if descendant := font.key("DescendantFonts").index(0); !descendant.null() {
				font = descendant
			}
			for _, key := range []string{"FontFile", "FontFile2", "FontFile3"} {
				if data, err := decodeStream(font.key("FontDescriptor").key(key)); err == nil {
					programs[strings.TrimSuffix(filepath.Base(path), ".pdf")] = data
				}
			}
		}
	}
	return programs
}

// TestPrograms: what each way of naming glyphs tells on its own.
func TestPrograms(t *testing.T) {
	programs := fontPrograms(t)
	for _, test := range []struct {
		fixture string
		tells   func(*program) bool
	}{
		{"identity-h-truetype-cmap", func(p *program) bool { return count(p.unicode) > 40 && p.names == nil }},
		{"identity-h-cidtogidmap", func(p *program) bool { return count(p.unicode) > 40 }},
		{"identity-h-truetype-post", func(p *program) bool { return count(p.unicode) == 0 && p.textOfGlyph(len(p.names)-1) == "：" }},
		{"identity-h-cff-names", func(p *program) bool { return p.collection == "" && p.textOfGlyph(len(p.names)-1) == "：" }},
		{"identity-h-cff-cids", func(p *program) bool { return p.collection == "Adobe-GB1" && len(p.glyphOfCID) > 40 }},
		{"truetype-symbol-cmap", func(p *program) bool { return p.codes['1'] == 1 && !p.macintosh }},
		{"truetype-roman-only", func(p *program) bool {
			return p.macintosh && p.textOfCode('A', "") == "A" && p.textOfCode('B', "") == ""
		}},
		{"type1-built-in", func(p *program) bool { return p.textOfCode('1', "") == "0" && p.textOfCode(1, "") == "" }},
		{"type1c-built-in", func(p *program) bool { return p.textOfCode('1', "") == "0" && p.textOfCode(1, "") == "" }},
	} {
		data := programs[test.fixture]
		if len(data) == 0 {
			t.Errorf("%s embeds no program", test.fixture)
		} else if !test.tells(readProgram(data)) {
			t.Errorf("%s is not read as it should be", test.fixture)
		}
	}
}

func count(unicode []rune) (n int) {
	for _, c := range unicode {
		if c != 0 {
			n++
		}
	}
	return n
}

// TestProgramsCutShort: a program that ends anywhere is read as far as it goes.
func TestProgramsCutShort(t *testing.T) {
	for name, data := range fontPrograms(t) {
		for _, share := range []int{0, 1, 3, 10, 50, 90, 99} {
			p := readProgram(data[:len(data)*share/100])
			for code := range 256 {
				_ = p.textOfCode(byte(code), "") + p.textOfCID(uint32(code), nil)
			}
			if t.Failed() {
				t.Fatal(name)
			}
		}
	}
}

// TestRenumberedSubset: codes given to a subset one by one are no Mac OS Roman.
func TestRenumberedSubset(t *testing.T) {
	var codes [256]uint16
	for code := 1; code < 20; code++ {
		codes[code] = uint16(code)
	}
	if !renumbered(&codes) {
		t.Error("codes from 1 on pass for characters")
	}
	codes = [256]uint16{8: 1, 9: 2, 13: 2, ' ': 3, 'A': 36}
	if renumbered(&codes) {
		t.Error("a whole font's codes do not pass for characters")
	}
}

// TestSharedGlyphs: of the characters that share a glyph, texts use this one.
func TestSharedGlyphs(t *testing.T) {
	for _, test := range []struct {
		shared []rune
		want   rune
	}{
		{[]rune{0x2F8F, '行'}, '行'}, {[]rune{'行', 0x2F8F}, '行'}, {[]rune{0xF900, 0x8C48}, 0x8C48}, {[]rune{0xA0, ' '}, ' '},
		{[]rune{0xE000, 0x2F8F}, 0x2F8F}, {[]rune{0xAD, '-', 0x2010}, '-'}, {[]rune{'B', 'A'}, 'A'},
	} {
		p := &program{unicode: make([]rune, 2)}
		for _, c := range test.shared {
			p.addUnicode(c, 1)
		}
		if p.unicode[1] != test.want {
			t.Errorf("%U: %U, want %U", test.shared, p.unicode[1], test.want)
		}
	}
}

// TestHostileMaps: counts that promise more than the table holds cost nothing.
func TestHostileMaps(t *testing.T) {
	word := func(values ...uint16) (out block) {
		for _, v := range values {
			out = binary.BigEndian.AppendUint16(out, v)
		}
		return out
	}
	for name, subtable := range map[string]block{
		"format 4 without segments": word(4, 8, 0, 0xFFFE),
		"format 4 all overlapping":  append(word(4, 0, 0, 2000, 0, 0, 0), make(block, 8000)...),
		"format 6":                  word(6, 10, 0, 0xFFFF, 0xFFFF),
		"format 12 without groups":  word(12, 0, 0, 0, 0, 0, 0xFFFF, 0xFFFF),
		"format 12 all of Unicode":  append(word(12, 0, 0, 0, 0, 0, 0, 3), word(0, 0, 0x10, 0xFFFF, 0, 1, 0, 0, 0x10, 0xFFFF, 0, 1, 0, 0, 0x10, 0xFFFF, 0, 1)...),
		"format 99":                 word(99),
		"empty":                     nil,
	} {
		visits := 0
		subtable.characters(func(rune, int) { visits++ })
		if visits > maxMappings {
			t.Errorf("%s: %d mappings", name, visits)
		}
	}
}

func FuzzFontPrograms(f *testing.F) {
	for _, data := range fontPrograms(f) {
		f.Add(data)
	}
	f.Add([]byte("%!PS-AdobeFont-1.0\n/Encoding 256 array dup 8#101 /A put dup 66 /B put readonly def eexec"))
	f.Add([]byte("%!FontType1\n/Encoding StandardEncoding def"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p := readProgram(data)
		for code := range 256 {
			for _, text := range []string{p.textOfCode(byte(code), ""), p.textOfCID(uint32(code)*37, nil), p.textOfCID(uint32(code), data)} {
				if strings.ContainsRune(text, '\uFFFD') {
					t.Fatal("a glyph without text has one")
				}
			}
		}
		p.textOfCode('A', "uni4E00")
	})
}
