package cmap

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func parse(t *testing.T, text string) *CMap {
	t.Helper()
	m, err := Parse([]byte(text), nil)
	if err != nil {
		t.Fatalf("Parse(%q): %v", text, err)
	}
	return m
}

// The example of ISO 32000-1, 9.10.3, with the forms that producers add to it.
const toUnicodeExample = `/CIDInit /ProcSet findresource begin
12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS\)(2)) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def % a comment: 1 beginbfchar <0001> <0041>
1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfrange
<0000> <005E> <0020>
<005F> <0061> [<00660066> <00660069> <00660066006C>]
endbfrange
5 beginbfchar
<3A51> <D840DC3E>
<3A52> /quotesingle
<3A53> <
  8D 22 >
<3A54> <8D226 53F>
<3A55><0000>
endbfchar
endcmap`

func TestText(t *testing.T) {
	m := parse(t, toUnicodeExample)
	if m.Name() != "Adobe-Identity-UCS" || m.Vertical() {
		t.Errorf("name %q, vertical %t", m.Name(), m.Vertical())
	}
	for code, want := range map[uint32]string{
		0x0000: " ", 0x0021: "A", 0x005E: "~", 0x005F: "ff", 0x0060: "fi", 0x0061: "ffl", 0x3A51: "\U0002003E", 0x3A52: "'",
		0x3A53: "财", 0x3A54: "财政",
	} {
		if got, ok := m.Text(code, 2); !ok || got != want {
			t.Errorf("code %04X is %q, %t; want %q", code, got, ok, want)
		}
	}
	for _, code := range []uint32{0x0062, 0x3A50, 0x3A55, 0x3A56, 0xFFFF, 0x10000} {
		if got, ok := m.Text(code, 2); ok {
			t.Errorf("code %04X is %q, want none", code, got)
		}
	}
}

// What producers write against the rules, and how it is meant.
func TestTextTolerance(t *testing.T) {
	for _, test := range []struct {
		why, section string
		code         uint32
		length       int
		want         string
	}{
		{"one-byte code for a two-byte font", "beginbfchar <41> <8D22> endbfchar", 0x41, 2, "财"},
		{"two-byte code for a one-byte font", "beginbfchar <0041> <8D22> endbfchar", 0x41, 1, "财"},
		{"the code's own length first", "beginbfchar <0041> <8D22> <41> <653F> endbfchar", 0x41, 1, "政"},
		{"target of one byte", "beginbfchar <01> <41> endbfchar", 1, 1, "A"},
		{"target in UTF-32", "beginbfchar <01> <00020BB7> endbfchar", 1, 1, "𠮷"},
		{"byte order mark", "beginbfchar <01> <FEFF8D22> endbfchar", 1, 1, "财"},
		{"NUL behind the text", "beginbfchar <01> <8D220000> endbfchar", 1, 1, "财"},
		{"end before start", "beginbfrange <0005> <0002> <8D22> endbfrange", 5, 2, "财"},
		{"range over all codes", "beginbfrange <0000> <FFFF> <0000> endbfrange", 0x8D22, 2, "财"},
		{"range beyond the last byte", "beginbfrange <00F0> <0110> <4E00> endbfrange", 0x110, 2, "丠"},
		{"range of ligatures", "beginbfrange <01> <03> <00660066> endbfrange", 3, 1, "fh"},
		{"later definition wins", "beginbfchar <01> <0041> <01> <0042> endbfchar", 1, 1, "B"},
		{"later definition inside a range", "beginbfrange <01> <09> <0041> endbfrange beginbfchar <05> <0030> endbfchar", 5, 1, "0"},
		{"rest of a cut range", "beginbfrange <01> <09> <0041> endbfrange beginbfchar <05> <0030> endbfchar", 6, 1, "F"},
		{"unsorted", "beginbfchar <09> <0041> <03> <0042> <05> <0043> endbfchar", 3, 1, "B"},
		{"no end of section", "beginbfchar <01> <0041> 1 beginbfrange <02> <03> <0061> endcmap", 3, 1, "b"},
		{"array longer than its range", "beginbfrange <01> <01> [<0041> <0042>] <02> <02> <0043> endbfrange", 2, 1, "C"},
		{"codes of five bytes are skipped", "beginbfrange <0000000001> <0000000001> [<0041>] <02> <02> <0043> endbfrange", 2, 1, "C"},
	} {
		m := parse(t, "1 "+test.section)
		if got, ok := m.Text(test.code, test.length); !ok || got != test.want {
			t.Errorf("%s: %q, %t; want %q", test.why, got, ok, test.want)
		}
	}
}

func TestCIDOfEmbedded(t *testing.T) {
	m := parse(t, `/CMapName /Own-V def /WMode 1 def
		2 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange
		1 begincidchar <20> 7 endcidchar 2 begincidrange <8140> <817E> 100 <8180> <81FE> 163 endcidrange
		1 beginnotdefrange <00> <1F> 1 endnotdefrange`)
	if m.Name() != "Own-V" || !m.Vertical() {
		t.Errorf("name %q, vertical %t", m.Name(), m.Vertical())
	}
	for _, test := range []struct {
		code   uint32
		length int
		cid    uint32
		ok     bool
	}{
		{0x20, 1, 7, true}, {0x8140, 2, 100, true}, {0x817E, 2, 162, true}, {0x8180, 2, 163, true}, {0x817F, 2, 0, false},
		{0x1F, 1, 1, false}, {0x21, 1, 0, false}, {0x20, 2, 0, false},
	} {
		if cid, ok := m.CID(test.code, test.length); cid != test.cid || ok != test.ok {
			t.Errorf("code %x of %d bytes: CID %d, %t; want %d, %t", test.code, test.length, cid, ok, test.cid, test.ok)
		}
	}
}

func TestUseCMap(t *testing.T) {
	use := func(name string) *CMap {
		m, _ := Predefined(name)
		return m
	}
	m, err := Parse([]byte("/GBK-EUC-H usecmap 1 begincidchar <B2C6> 9 endcidchar"), use)
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[uint32]uint32{0xB2C6: 9, 0xB2C7: 1166} {
		decoded, length := m.Decode([]byte{byte(code >> 8), byte(code), 'x'})
		if cid, ok := m.CID(decoded, length); !ok || cid != want {
			t.Errorf("code %x: CID %d, %t; want %d", code, cid, ok, want)
		}
	}
	if _, err := Parse([]byte("/Unknown usecmap"), use); err == nil {
		t.Error("a CMap that uses an unknown one and has nothing else passes")
	}
}

func TestDecode(t *testing.T) {
	// Code spaces of Shift-JIS and of EUC with three-byte codes; ISO 32000-1, 9.7.6.3 tells what invalid codes take.
	shiftJIS := "4 begincodespacerange <00> <80> <8140> <9FFC> <A0> <DF> <E040> <FCFC> endcodespacerange"
	mixed := "3 begincodespacerange <00> <7F> <8140> <FEFE> <81308130> <FE39FE39> endcodespacerange"
	wide := "2 begincodespacerange <2000> <20FF> <30000000> <30FFFFFF> endcodespacerange"
	for _, test := range []struct {
		why, space, s string
		lengths       []int
	}{
		{"valid codes", shiftJIS, "A\x82\xa0\xb1\xe0\x40", []int{1, 2, 1, 2}},
		{"invalid second byte: the partial match tells", shiftJIS, "\x82\x20A", []int{2, 1}},
		{"no match: the shortest codes", shiftJIS, "\xfd\xfdA", []int{1, 1, 1}},
		{"string ends inside a code", shiftJIS, "A\x82", []int{1, 1}},
		{"two or four bytes", mixed, "\x81\x40\x81\x30\x81\x30A", []int{2, 4, 1}},
		{"longest partial match", mixed, "\x81\x30\x20\x20A", []int{4, 1}},
		{"equal partial matches: the shorter codes", mixed, "\x81\x20A", []int{2, 1}},
		{"no codes of one byte", wide, "\x40\x40\x30\x30\x30\x30\x20\x20", []int{2, 4, 2}},
		{"no code space", "1 beginbfchar <0041> <0041> endbfchar", "abc", []int{2, 1}},
		{"no code space, short codes", "1 beginbfchar <41> <0041> endbfchar", "abc", []int{1, 1, 1}},
	} {
		m := parse(t, test.space)
		rest := []byte(test.s)
		for i, want := range test.lengths {
			code, length := m.Decode(rest)
			number := uint32(0)
			for _, b := range rest[:length] {
				number = number<<8 | uint32(b)
			}
			if length != want || code != number {
				t.Errorf("%s: code %d is %x of %d bytes, want %x of %d", test.why, i, code, length, number, want)
			}
			rest = rest[length:]
		}
		if len(rest) > 0 {
			t.Errorf("%s: % x is left", test.why, rest)
		}
	}
	if _, length := mustPredefined(t, "Identity-H").Decode(nil); length != 0 {
		t.Errorf("an empty string has a code of %d bytes", length)
	}
}

func TestParseNothing(t *testing.T) {
	for _, data := range []string{"", "%PDF-1.4", "<", "(((", "1 beginbfchar", "/CMapName /X def", "[", "<<<<"} {
		if m, err := Parse([]byte(data), nil); err == nil || m != nil {
			t.Errorf("Parse(%q) finds a CMap", data)
		}
	}
}

// Overlapping ranges are the one part of parsing that is not plainly linear; many of them must stay cheap.
func TestParseHostile(t *testing.T) {
	var out strings.Builder
	out.WriteString("1 beginbfrange\n")
	for i := range 50_000 {
		fmt.Fprintf(&out, "<%04X> <%04X> <00660066>\n<%04X> <FFFF> <0041>\n", i, i+0x100, 50_000-i)
	}
	m := parse(t, out.String())
	if got := len(m.strings); got > maximumStrings {
		t.Errorf("%d strings kept", got)
	}
	if spans := m.texts[1].spans; !disjoint(spans) {
		t.Error("spans overlap")
	}
	if text, ok := m.Text(0xFFFF, 2); !ok || text == "" {
		t.Error("the last code has no text")
	}
}

// Flattening keeps, for each code, the value of the last range that holds it.
func TestLaterRangeWins(t *testing.T) {
	var section strings.Builder
	var want [256]string
	seed := uint32(1)
	for range 200 {
		seed = seed*1664525 + 1013904223
		low, width, target := seed>>24, seed>>16&15, 0x4E00+seed&0xFFF
		high := min(low+width, 255)
		fmt.Fprintf(&section, "<%02X> <%02X> <%04X>\n", low, high, target)
		for code := low; code <= high; code++ {
			want[code] = string(rune(target + code - low))
		}
	}
	m := parse(t, "200 beginbfrange\n"+section.String()+"endbfrange")
	for code, text := range want {
		if got, _ := m.Text(uint32(code), 1); got != text {
			t.Errorf("code %02X is %q, want %q", code, got, text)
		}
	}
}

func TestTextDoesNotAllocate(t *testing.T) {
	m := parse(t, "1 beginbfrange <0000> <FFFF> <0000> endbfrange")
	m.Text(0x8D22, 2)
	if n := testing.AllocsPerRun(100, func() { m.Text(0x8D22, 2) }); n != 0 {
		t.Errorf("%v allocations for a character's text", n)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(toUnicodeExample), []byte("\x00\x21\x3a\x51"))
	f.Add([]byte("/GBK-EUC-H usecmap 1 begincidchar <B2C6> 9 endcidchar"), []byte("\xb2\xc6\x80"))
	f.Add([]byte("2 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange 1 begincidrange <20> <7e> 1 endcidrange"), []byte(" \x81"))
	f.Add([]byte("1 beginnotdefrange <00000000> <ffffffff> 1 1 beginbfrange <ffffff00> <ffffffff> <0041> <fffffff0> <ffffffff> <00660066>"), []byte("\xff\xff\xff\xff"))
	f.Add([]byte("beginbfrange <00> <ff> [<0041> /A (x) <8D22653F>] <> <1> <2> % <"), []byte("\x00"))
	use := func(name string) *CMap {
		m, _ := Predefined(name)
		return m
	}
	f.Fuzz(func(t *testing.T, data, s []byte) {
		m, err := Parse(data, use)
		if err != nil {
			return
		}
		for rest := s; len(rest) > 0; {
			code, length := m.Decode(rest)
			if length < 1 || length > len(rest) || length > 4 {
				t.Fatalf("a code of %d bytes in % x", length, rest)
			}
			m.CID(code, length)
			if text, ok := m.Text(code, length); ok && (text == "" || !utf8.ValidString(text)) {
				t.Fatalf("code %x has the text %q", code, text)
			}
			rest = rest[length:]
		}
		again, err := Parse(bytes.Clone(data), use)
		if err != nil || again.Name() != m.Name() || again.Vertical() != m.Vertical() {
			t.Fatalf("a second reading differs: %v", err)
		}
		for i := range m.texts {
			if !disjoint(m.texts[i].spans) || !disjoint(m.cids[i].spans) {
				t.Fatal("spans overlap")
			}
		}
	})
}
