package cmap

import (
	"fmt"
	"strings"
	"testing"
)

// sampleToUnicode is a ToUnicode CMap of the size that a Word document's subset fonts have: 300 Han characters.
func sampleToUnicode() []byte {
	var out strings.Builder
	out.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n<< /Registry (Adobe)\n" +
		"/Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for section := range 3 {
		out.WriteString("100 beginbfchar\n")
		for i := range 100 {
			code := section*100 + i
			fmt.Fprintf(&out, "<%04X> <%04X>\n", 3+code*7, 0x4E00+(code*97)%20000)
		}
		out.WriteString("endbfchar\n")
	}
	out.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return []byte(out.String())
}

func BenchmarkParse(b *testing.B) {
	data := sampleToUnicode()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(data, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkText(b *testing.B) {
	m, err := Parse(sampleToUnicode(), nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	code := uint32(0)
	for b.Loop() {
		m.Text(3+code*7, 2)
		code = (code + 61) % 300
	}
}

func BenchmarkDecodeAndCID(b *testing.B) {
	for _, name := range []string{"Identity-H", "GBK-EUC-H", "UniGB-UTF16-H", "UniGB-UCS2-H"} {
		m, _ := Predefined(name)
		s := []byte{0xB2, 0xC6, 0xD5, 0xFE, 0x8D, 0x22, 0x65, 0x3F}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for rest := s; len(rest) > 0; {
					code, length := m.Decode(rest)
					m.CID(code, length)
					rest = rest[length:]
				}
			}
		})
	}
}

func BenchmarkUnicodeOfCode(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		UnicodeOfCode("GBK-EUC-H", []byte{0xB2, 0xC6})
	}
}

func BenchmarkToUnicode(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ToUnicode("Adobe-GB1", 2000)
	}
}

// BenchmarkLoad is the price of the first use of a map.
func BenchmarkLoad(b *testing.B) {
	for _, name := range []string{"GBK-EUC-H", "UniGB-UTF32-H", "Adobe-GB1-UCS2", "UniCNS-UTF32-H", "Adobe-Japan1-UCS2"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				predefined().load(name)
			}
		})
	}
}
