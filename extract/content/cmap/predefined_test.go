package cmap

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func mustPredefined(t testing.TB, name string) *CMap {
	t.Helper()
	m, ok := Predefined(name)
	if !ok {
		t.Fatalf("no predefined CMap %s", name)
	}
	return m
}

// The names in ISO 32000-1, table 118, and the later encoding forms.
func TestPredefinedNames(t *testing.T) {
	names := strings.Fields(`GB-EUC GBpc-EUC GBK-EUC GBKp-EUC GBK2K UniGB-UCS2 UniGB-UTF16 UniGB-UTF8 UniGB-UTF32
		B5pc HKscs-B5 ETen-B5 ETenms-B5 CNS-EUC UniCNS-UCS2 UniCNS-UTF16 UniCNS-UTF8 UniCNS-UTF32
		90ms-RKSJ 90msp-RKSJ EUC UniJIS-UCS2 UniJIS-UCS2-HW UniJIS-UTF16 UniJIS2004-UTF16
		KSC-EUC KSCms-UHC KSCms-UHC-HW UniKS-UCS2 UniKS-UTF16 Identity`)
	for _, base := range names {
		for _, direction := range []string{"-H", "-V"} {
			m, ok := Predefined(base + direction)
			if !ok {
				t.Errorf("%s%s is missing", base, direction)
				continue
			}
			if m.Name() != base+direction || m.Vertical() != (direction == "-V") {
				t.Errorf("%s%s calls itself %s, vertical: %t", base, direction, m.Name(), m.Vertical())
			}
		}
	}
	for _, name := range []string{"H", "V", "83pv-RKSJ-H", "90pv-RKSJ-H", "Add-RKSJ-H", "Ext-RKSJ-V", "KSCpc-EUC-H", "UniAKR-UTF16-H"} {
		mustPredefined(t, name)
	}
	if _, ok := Predefined("GBK-EUC"); ok {
		t.Error("a name without direction is known")
	}
}

// Values from the CMap files of Adobe's cmap-resources.
func TestPredefinedCID(t *testing.T) {
	for _, test := range []struct {
		name string
		s    string // the bytes of one code
		cid  uint32
	}{
		{"Identity-H", "\x12\x34", 0x1234},
		{"Identity-V", "\xff\xff", 0xffff},
		{"GBK-EUC-H", " ", 7716},
		{"GBK-EUC-H", "!", 814},
		{"GBK-EUC-H", "0", 829},
		{"GBK-EUC-H", "~", 907},
		{"GBK-EUC-H", "\x81\x40", 10072},
		{"GBKp-EUC-H", "!", 2},
		{"GB-EUC-H", "\xa1\xa1", 96},
		{"GB-EUC-H", "\xb0\xa1", 940},   // 啊, the first Hanzi of GB 2312
		{"GBK-EUC-H", "\xb2\xc6", 1165}, // 财
		{"GB-EUC-V", "\xb2\xc6", 1165},
		{"GBpc-EUC-H", "!", 2},
		{"GBpc-EUC-H", "\x80", 7712},
		{"UniGB-UCS2-H", "\x8d\x22", 1165},
		{"UniGB-UCS2-H", "\x00\x20", 1},
		{"UniGB-UTF16-H", "\x8d\x22", 1165},
		{"UniGB-UTF8-H", "财", 1165},
		{"UniGB-UTF32-H", "\x00\x00\x8d\x22", 1165},
		{"UniGB-UTF16-V", "\x8d\x22", 1165},
		{"ETen-B5-H", "\xa4\x40", 595}, // 一
		{"UniCNS-UTF16-H", "\x4e\x00", 595},
		{"90ms-RKSJ-H", "\x82\x9f", 842}, // ぁ
		{"EUC-H", "\xa4\xa1", 842},
		{"H", "\x24\x21", 842},
		{"KSC-EUC-H", "\xb0\xa1", 1086}, // 가
		{"UniKS-UTF16-H", "\xac\x00", 1086},
		{"UniGB-UTF16-V", "\xff\x01", 578},
		{"UniGB-UTF16-V", "\x30\x08", 584},
		{"UniGB-UCS2-V", "\xff\x0c", 573},
	} {
		m := mustPredefined(t, test.name)
		code, length := m.Decode([]byte(test.s))
		if length != len(test.s) {
			t.Errorf("%s: % x is taken as %d bytes", test.name, test.s, length)
		}
		if cid, ok := m.CID(code, length); !ok || cid != test.cid {
			t.Errorf("%s: % x is CID %d, %t; want %d", test.name, test.s, cid, ok, test.cid)
		}
	}
}

// Codes that no range maps: GBK-EUC-H sends control characters to CID 7716, the half-width space.
func TestUndefinedCode(t *testing.T) {
	gbk := mustPredefined(t, "GBK-EUC-H")
	if cid, ok := gbk.CID(0x07, 1); ok || cid != 7716 {
		t.Errorf("control character: CID %d, %t; want 7716, false", cid, ok)
	}
	if cid, ok := gbk.CID(0xFEFE, 2); ok || cid != 0 {
		t.Errorf("unmapped code: CID %d, %t; want 0, false", cid, ok)
	}
	if cid, ok := gbk.CID(0x20, 5); ok || cid != 0 {
		t.Errorf("code of five bytes: CID %d, %t; want 0, false", cid, ok)
	}
}

func TestToUnicode(t *testing.T) {
	for _, test := range []struct {
		collection string
		cid        uint32
		want       string
	}{
		{"Adobe-GB1", 1165, "财"}, {"Adobe-GB1", 940, "啊"}, {"Adobe-GB1", 1, " "}, {"Adobe-GB1", 34, "A"},
		{"Adobe-GB1", 7716, " "}, {"Adobe-GB1", 262, "！"}, {"Adobe-GB1", 578, "！"},
		{"Adobe-CNS1", 595, "一"}, {"Adobe-CNS1", 13664, "0"}, {"Adobe-CNS1", 13648, " "},
		{"Adobe-Japan1", 842, "ぁ"}, {"Adobe-Japan1", 247, "0"}, {"Adobe-Japan1", 231, " "},
		{"Adobe-Korea1", 1086, "가"}, {"Adobe-Korea1", 8110, "0"}, {"Adobe-KR", 221, "가"},
	} {
		if got, ok := ToUnicode(test.collection, test.cid); !ok || got != test.want {
			t.Errorf("%s CID %d is %q, %t; want %q", test.collection, test.cid, got, ok, test.want)
		}
	}
	for cid := uint32(814); cid <= 907; cid++ {
		want := string(rune('!' + cid - 814))
		if got, ok := ToUnicode("Adobe-GB1", cid); !ok || got != want {
			t.Errorf("half-width CID %d is %q, %t; want %q", cid, got, ok, want)
		}
	}
	for _, collection := range []string{"Adobe-Identity", "", "Adobe-GB1-UCS2"} {
		if text, ok := ToUnicode(collection, 100); ok {
			t.Errorf("CID 100 of %q is %q", collection, text)
		}
	}
	if text, ok := ToUnicode("Adobe-GB1", 60000); ok {
		t.Errorf("a CID beyond the collection is %q", text)
	}
}

func TestUnicodeOfCode(t *testing.T) {
	for _, test := range []struct{ name, code, want string }{
		{"GBK-EUC-H", "\xb2\xc6", "财"}, {"GBK-EUC-V", "0", "0"}, {"GBK-EUC-H", "\x81\x40", "丂"}, {"GBK-EUC-H", "\x80", "€"},
		{"GB-EUC-H", "\xb0\xa1", "啊"}, {"GBpc-EUC-H", "\xb0\xa1", "啊"}, {"GBKp-EUC-H", "A", "A"}, {"GB-H", "\x30\x21", "啊"},
		{"GBK2K-H", "\x81\x39\xee\x39", "㐀"}, {"GBK2K-V", "\xa3\xb0", "０"},
		{"UniGB-UCS2-H", "\x8d\x22", "财"}, {"UniGB-UTF16-H", "\xd8\x42\xdf\xb7", "𠮷"}, {"UniGB-UTF16-V", "\x8d\x22", "财"},
		{"UniGB-UTF8-H", "财", "财"}, {"UniGB-UTF32-H", "\x00\x02\x0b\xb7", "𠮷"}, {"UniJIS-UCS2-HW-H", "\x30\x42", "あ"},
		{"ETen-B5-H", "\xa4\x40", "一"}, {"90ms-RKSJ-H", "\x82\xa0", "あ"}, {"EUC-H", "\xa4\xa2", "あ"}, {"H", "\x24\x22", "あ"},
		{"KSCms-UHC-H", "\xb0\xa1", "가"}, {"KSC-H", "\x30\x21", "가"},
	} {
		if got, ok := UnicodeOfCode(test.name, []byte(test.code)); !ok || got != test.want {
			t.Errorf("%s % x is %q, %t; want %q", test.name, test.code, got, ok, test.want)
		}
	}
	for _, test := range []struct{ name, code string }{
		{"Identity-H", "\x8d\x22"}, {"GBK-EUC-H", ""}, {"GBK-EUC-H", "\xb2"}, {"GBK-EUC-H", "\xff\xff"}, {"GBK-EUC-H", "AB"},
		{"GBK-EUC-H", "\xaa\xa1"}, {"GBpc-EUC-H", "\xfd"}, {"UniGB-UCS2-H", "A"}, {"UniGB-UTF16-H", "\xd8\x42"},
		{"UniGB-UTF8-H", "\xff"}, {"UniGB-UTF32-H", "\x00\x11\x00\x00"}, {"KSCpc-EUC-H", "\xa1\x41"}, {"CNS-EUC-H", "\xa4\xa1"},
		{"UniGB-UCS2-H", "\x00\x00"}, {"GBK-EUC-H", "\xb2\xc6\xb2\xc6\xb2"}, {"", "A"},
	} {
		if got, ok := UnicodeOfCode(test.name, []byte(test.code)); ok {
			t.Errorf("%s % x is %q, want none", test.name, test.code, got)
		}
	}
}

// A code of GB 2312 means the same read as a character and read over its glyph. The exceptions are the vertical forms
// of punctuation (row 6, cells 0x60 to 0x74): as characters they have codes of their own, as glyphs they are ordinary
// punctuation set upright.
func TestGB2312ByCharacterAndByGlyph(t *testing.T) {
	for _, name := range []string{"GB-EUC-H", "GBK-EUC-H", "GBKp-EUC-H", "GBK2K-H", "GBpc-EUC-H"} {
		m := mustPredefined(t, name)
		agreed := 0
		for high := byte(0xA1); high <= 0xF7; high++ {
			for low := byte(0xA1); low <= 0xFE; low++ {
				s := []byte{high, low}
				byCharacter, ok := UnicodeOfCode(name, s)
				if !ok {
					continue
				}
				code, length := m.Decode(s)
				cid, mapped := m.CID(code, length)
				byGlyph, _ := ToUnicode("Adobe-GB1", cid)
				isVerticalForm := high == 0xA6 && low >= 0xE0 && low <= 0xF4
				switch {
				case byCharacter == byGlyph:
					agreed++
				case mapped && !isVerticalForm:
					t.Errorf("%s %x: character %q, glyph %q", name, s, byCharacter, byGlyph)
				case !mapped && high >= 0xB0 && high <= 0xF7:
					t.Errorf("%s %x: the Hanzi %q has no glyph", name, s, byCharacter)
				}
			}
		}
		if agreed < 7445 { // the characters of GB 2312-80
			t.Errorf("%s: only %d codes agree", name, agreed)
		}
	}
}

// The four encoding forms of a Unicode CMap select the same glyphs.
func TestEncodingForms(t *testing.T) {
	for _, collection := range []string{"UniGB", "UniCNS", "UniJIS", "UniKS", "UniAKR"} {
		utf32, wide, narrow := mustPredefined(t, collection+"-UTF32-H"), mustPredefined(t, collection+"-UTF16-H"), mustPredefined(t, collection+"-UTF8-H")
		for _, r := range "A0 财政拨款一あ가𠀋𠮷" {
			want, mapped := utf32.CID(uint32(r), 4)
			for _, form := range []struct {
				m *CMap
				s []byte
			}{{wide, utf16Bytes(r)}, {narrow, []byte(string(r))}} {
				code, length := form.m.Decode(form.s)
				if cid, ok := form.m.CID(code, length); length != len(form.s) || ok != mapped || cid != want {
					t.Errorf("%s: %c is CID %d, %t; want %d, %t", form.m.Name(), r, cid, ok, want, mapped)
				}
			}
		}
	}
}

func utf16Bytes(r rune) []byte {
	var out []byte
	for _, unit := range utf16.AppendRune(nil, r) {
		out = append(out, byte(unit>>8), byte(unit))
	}
	return out
}

// popplerData is where Debian's poppler-data installs the sources of the archive.
const popplerData = "/usr/share/poppler/cMap"

// The archive says of every code what Adobe's CMap file says.
func TestArchiveAgainstSources(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(popplerData, "Adobe-*", "*"))
	if err != nil || len(files) == 0 {
		t.Skip("the package poppler-data is not installed")
	}
	paths := map[string]string{}
	for _, file := range files {
		paths[filepath.Base(file)] = file
	}
	var read func(name string) *CMap
	read = func(name string) *CMap {
		data, err := os.ReadFile(paths[name])
		if err != nil {
			t.Fatal(err)
		}
		m, err := Parse(data, read)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return m
	}
	for _, name := range predefined().archive.Names() {
		source, made := read(name), mustPredefined(t, name)
		if !slices.Equal(source.codespaces, made.codespaces) || source.vertical != made.vertical {
			t.Errorf("%s: other code space or direction", name)
		}
		for i := range source.cids {
			for _, code := range probes(source, i) {
				wantCID, wantOK := source.CID(code, i+1)
				if cid, ok := made.CID(code, i+1); cid != wantCID || ok != wantOK {
					t.Fatalf("%s: code %x of %d bytes is CID %d, %t; want %d, %t", name, code, i+1, cid, ok, wantCID, wantOK)
				}
			}
		}
	}
}

// probes lists the codes of a length that a source maps, its neighbours, and all two-byte codes.
func probes(m *CMap, index int) []uint32 {
	var codes []uint32
	if index == 1 {
		for code := range uint32(0x10000) {
			codes = append(codes, code)
		}
		return codes
	}
	for at := m; at != nil; at = at.parent {
		for _, span := range at.cids[index].spans {
			for code := span.Low - 1; code != span.High+2; code++ {
				if index != 2 && index != 3 || isForm(m, code, index+1) {
					codes = append(codes, code)
				}
			}
		}
	}
	return codes
}

// isForm keeps probes of a Unicode map within Unicode.
func isForm(m *CMap, code uint32, length int) bool {
	switch {
	case strings.Contains(m.name, "-UTF16"):
		return utf16.IsSurrogate(rune(code>>16)) && utf16.DecodeRune(rune(code>>16), rune(code&0xFFFF)) != utf8.RuneError
	case strings.Contains(m.name, "-UTF8"):
		encoded := []byte{byte(code >> 24), byte(code >> 16), byte(code >> 8), byte(code)}
		_, size := utf8.DecodeRune(encoded[4-length:])
		return size == length
	default:
		return true
	}
}

func TestPredefinedConcurrently(t *testing.T) {
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for _, name := range []string{"UniKS-UTF16-V", "KSCms-UHC-V", "KSC-Johab-H"} {
				if m, ok := Predefined(name); !ok || m.Name() != name {
					t.Errorf("Predefined(%s) failed", name)
				}
			}
		})
	}
	group.Wait()
}
