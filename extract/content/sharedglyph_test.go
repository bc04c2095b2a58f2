package content

import "testing"

func TestUnshared(t *testing.T) {
	for _, test := range []struct {
		text, want string
		ideograph  bool
	}{
		{"㬵", "胶", true},
		{"\uf97e", "量", true},       // CJK COMPATIBILITY IDEOGRAPH-F97E
		{"\U0002f81a", "冬", true},   // CJK COMPATIBILITY IDEOGRAPH-2F81A
		{"\ufa0e", "\ufa0e", false}, // an ideograph of its own in that block
		{"⸺", "——", false},
		{"\u00ad", "-", false},
		{"胶", "胶", false},
		{"a", "a", false},
		{"", "", false},
		{"㬵东", "㬵东", false},
	} {
		got, ideograph := unshared(test.text)
		if got != test.want || ideograph != test.ideograph {
			t.Errorf("%q: %q %v, want %q %v", test.text, got, ideograph, test.want, test.ideograph)
		}
	}
}
