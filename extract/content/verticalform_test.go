package content

import "testing"

// TestUprightForm: brackets set from top to bottom read as brackets; ideographs,
// letters and marks that are upright stay.
func TestUprightForm(t *testing.T) {
	for text, want := range map[string]string{"︵": "（", "︶": "）", "︓": "：", "︱": "—", "﹁": "「", "万": "万", "（": "（", "A": "A", "合计": "合计"} {
		if got := uprightForm(text); got != want {
			t.Errorf("%s reads as %s, want %s", text, got, want)
		}
	}
}
