package archive

import (
	"reflect"
	"testing"
)

var sample = Map{
	Vertical:    true,
	Parent:      "Parent-H",
	Transcoding: UTF8,
	Codespaces:  []Codespace{{Length: 1, High: 0x80}, {Length: 4, Low: 0x81308130, High: 0xFE39FE39}},
	CIDs: [LongestCode][]Span{
		0: {{Low: 0x20, High: 0x7E, Value: 814}},
		3: {{Low: 0, High: 0, Value: Unmapped}, {Low: 0x81308130, High: 0xFFFFFFFF, Value: 3}},
	},
	Undefined: [LongestCode][]Span{0: {{Low: 0, High: 0x1F, Value: 7716}}},
	Texts:     [LongestCode][]Span{1: {{Low: 5, High: 5, Value: StringValue}, {Low: 6, High: 9, Value: 0x10FFFF - 3}}},
	Strings:   []string{"ffi"},
}

func TestRoundTrip(t *testing.T) {
	data, err := Write([]string{"Empty", "Sample-V"}, map[string]Map{"Sample-V": sample})
	if err != nil {
		t.Fatal(err)
	}
	archive, err := Open(string(data))
	if err != nil {
		t.Fatal(err)
	}
	got, err := archive.Load("Sample-V")
	if err != nil || !reflect.DeepEqual(got, sample) {
		t.Errorf("Load = %+v, %v; want %+v", got, err, sample)
	}
	if len(archive.Names()) != 2 {
		t.Errorf("names: %q", archive.Names())
	}
	if _, err := archive.Load("Other-H"); err == nil {
		t.Error("a map that was never written loads")
	}
}

// A cut or changed archive gives an error or another map, never a panic.
func TestDamaged(t *testing.T) {
	data, err := Write([]string{"Sample-V"}, map[string]Map{"Sample-V": sample})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(""); err == nil {
		t.Error("an empty archive opens")
	}
	for i := range data {
		if _, err := Open(string(data[:i])); err == nil {
			t.Errorf("%d bytes of %d open", i, len(data))
		}
		changed := append([]byte(nil), data...)
		changed[i] ^= 0xFF
		if archive, err := Open(string(changed)); err == nil {
			for _, name := range archive.Names() {
				_, _ = archive.Load(name)
			}
		}
	}
	plain := encode(sample)
	for i := range plain {
		if _, err := decode(string(plain[:i])); err == nil {
			t.Errorf("a map of %d bytes of %d decodes", i, len(plain))
		}
	}
}
