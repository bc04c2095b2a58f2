package content

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
)

// parsed is a value from its text, for tests.
func parsed(text string) tableValue {
	p := parserAt([]byte(text), 0)
	o := p.body()
	return tableValue{newTable([]byte(text)), &o, 0}
}

// bytesOf reads hexadecimal digits with blanks.
func bytesOf(t testing.TB, digits string) []byte {
	t.Helper()
	data, err := hex.DecodeString(strings.ReplaceAll(digits, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// The vectors are worked out by hand from ISO 32000-2, 7.4, RFC 1950 and 1951.
func TestFilters(t *testing.T) {
	const hello = "01 0500 faff 48656c6c6f" // a stored block, the last one
	for _, test := range []struct {
		name, entries, data, want string
		broken                    bool
	}{
		{"none", "", "48656c6c6f", "Hello", false},
		{"hexadecimal", "/Filter /ASCIIHexDecode", hex.EncodeToString([]byte("48 65\n6C6c6F7>41")), "Hellop", false},
		{"hexadecimal, short name in an array", "/Filter [/AHx]", hex.EncodeToString([]byte("4848>")), "HH", false},
		{"base 85", "/Filter /ASCII85Decode", hex.EncodeToString([]byte("87cURD]i,\"Ebo80~>")), "Hello World!", false},
		{"base 85, zeros and a blank", "/Filter /A85", hex.EncodeToString([]byte("<~z 87c~>")), "\x00\x00\x00\x00He", false},
		{"base 85 without end", "/Filter /A85", hex.EncodeToString([]byte("87cURD]i,\"Ebo80")), "Hello World!", false},
		{"run length", "/Filter /RunLengthDecode", "02 616263 fe 78 80 99", "abcxxx", false},
		{"run length, cut", "/Filter /RL", "05 6162", "ab", false},
		{"deflate", "/Filter /FlateDecode", "7801" + hello + "058c01f5", "Hello", false},
		{"deflate, checksum wrong", "/Filter /FlateDecode", "7801" + hello + "00000000", "Hello", false},
		{"deflate, checksum missing", "/Filter /Fl", "7801" + hello, "Hello", false},
		{"deflate without header", "/Filter /FlateDecode", hello, "Hello", false},
		{"deflate after a line end", "/Filter /FlateDecode", "0a 7801" + hello, "Hello", false},
		{"deflate, cut", "/Filter /FlateDecode", "7801 01 0500 faff 4865", "He", true},
		{"deflate, not the last block", "/Filter /FlateDecode", "7801 00 0500 faff 48656c6c6f", "Hello", true},
		{"LZW, the example of ISO 32000-2, 7.4.4.2", "/Filter /LZWDecode", "800B6050220C0C8501", "-----A---B", false},
		{"LZW, late change", "/Filter /LZWDecode /DecodeParms << /EarlyChange 0 >>", "800B6050220C0C8501", "-----A---B", false},
		{"LZW, code out of order", "/Filter /LZW", "804b00", "", true},
		{"two filters", "/Filter [/ASCIIHexDecode /FlateDecode] /DecodeParms [null null]", hex.EncodeToString([]byte("7801" + strings.ReplaceAll(hello, " ", "") + ">")), "Hello", false},
		{"PNG none", "/Filter /AHx /DecodeParms << /Predictor 10 /Columns 3 >>", "", "", false},
		{"Crypt", "/Filter /Crypt", "4869", "Hi", false},
		{"picture", "/Filter /DCTDecode", "ffd8", "", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			data := bytesOf(t, test.data)
			got, err := decodeStream(parsed(fmt.Sprintf("<< /Length %d %s >> stream\n%s\nendstream", len(data), test.entries, data)))
			if string(got) != test.want || (err != nil) != test.broken {
				t.Errorf("got %q, %v; want %q, broken %v", got, err, test.want, test.broken)
			}
		})
	}
}

// TestPredictors: rows of three bytes; the first byte of a PNG row names its filter.
func TestPredictors(t *testing.T) {
	for _, test := range []struct{ name, parameters, data, want string }{
		{"none", "<< /Predictor 1 /Columns 3 >>", "0a0b0c", "0a0b0c"},
		{"no parameters", "null", "0a0b0c", "0a0b0c"},
		{"TIFF", "<< /Predictor 2 /Columns 3 >>", "010101 0501ff", "010203 050605"},
		{"TIFF, two colours", "<< /Predictor 2 /Colors 2 /Columns 2 >>", "0102 0304", "0102 0406"},
		{"PNG none", "<< /Predictor 10 /Columns 3 >>", "00 010203 00 ff0000", "010203 ff0000"},
		{"PNG sub", "<< /Predictor 11 /Columns 3 >>", "01 010101 01 0501ff", "010203 050605"},
		{"PNG up", "<< /Predictor 12 /Columns 3 >>", "02 010203 02 010101", "010203 020304"},
		{"PNG average", "<< /Predictor 13 /Columns 3 >>", "00 040608 03 0a0000", "040608 0c0908"},
		{"PNG Paeth", "<< /Predictor 14 /Columns 3 >>", "00 0a1407 04 010203", "0a1407 0b160a"},
		{"PNG, each row its own filter", "<< /Predictor 15 /Columns 2 >>", "01 0101 02 0101", "0102 0203"},
		{"PNG, last row cut", "<< /Predictor 12 /Columns 3 >>", "02 010203 02 01", "010203 02"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := unpredict(bytesOf(t, test.data), parsed(test.parameters))
			if want := bytesOf(t, test.want); !bytes.Equal(got, want) {
				t.Errorf("got %x, want %x", got, want)
			}
		})
	}
}

// TestLZWWidths: after a clear code, literals only; each but the first makes a
// table entry, from 258 on. Codes are nine bits until entry 510 is made, with
// EarlyChange 0 until 511 is, then ten bits.
func TestLZWWidths(t *testing.T) {
	for _, test := range []struct{ earlyChange, nine int }{{1, 254}, {0, 255}} {
		var packed bytes.Buffer
		bits, have := uint32(0), 0
		put := func(code, width int) {
			bits, have = bits<<width|uint32(code), have+width
			for have >= 8 {
				packed.WriteByte(byte(bits >> (have - 8)))
				have -= 8
			}
		}
		put(256, 9)
		var want []byte
		for i := range 400 {
			width := 9
			if i >= test.nine {
				width = 10
			}
			put(i*7%251, width)
			want = append(want, byte(i*7%251))
		}
		put(257, 10)
		put(0, 7)
		got, err := unLZW(packed.Bytes(), test.earlyChange)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("EarlyChange %d: %d bytes, %v; want %d", test.earlyChange, len(got), err, len(want))
		}
	}
}

func FuzzFilters(f *testing.F) {
	f.Add(uint8(0), 1, 1, 8, []byte("x\x01\x01\x05\x00\xfa\xffHello"))
	f.Add(uint8(1), 12, 1, 8, []byte("\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"))
	f.Add(uint8(2), 2, 3, 16, []byte("<~87cURD]i~>"))
	f.Add(uint8(3), 15, 40, 1, []byte("48656c>"))
	f.Add(uint8(4), 10, 0, 0, []byte("\x02abc\xfex\x80"))
	names := []string{"FlateDecode", "LZWDecode", "ASCII85Decode", "ASCIIHexDecode", "RunLengthDecode"}
	f.Fuzz(func(t *testing.T, filter uint8, predictor, columns, bits int, data []byte) {
		text := fmt.Sprintf("<< /Predictor %d /Columns %d /BitsPerComponent %d /EarlyChange %d >>", predictor, columns, bits, filter>>7)
		decoded, _ := applyFilter(names[int(filter&0x7f)%len(names)], data, parsed(text), new([]byte))
		if len(decoded) > maxDecodedBytes+4096 {
			t.Errorf("%d bytes", len(decoded))
		}
	})
}
