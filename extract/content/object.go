package content

// value is one PDF object with its references resolved. The zero kind is null:
// asking a null, or an object of another kind, gives null, zero or false, so
// that a broken file reads as one with fewer entries.
type value interface {
	null() bool
	key(name string) value   // entry of a dictionary or of a stream's dictionary
	keys() []string          // sorted
	index(i int) value       // element of an array
	length() int             // of an array
	number() (float64, bool) // integer or real
	name() (string, bool)
	text() ([]byte, bool) // string, decrypted and unescaped
	raw() ([]byte, bool)  // a stream's bytes, decrypted, still encoded
	id() int              // object number when reached by a reference, 0 for a direct object
}

// integer is the number rounded toward zero, or a fallback.
func integer(v value, fallback int) int {
	n, ok := v.number()
	if !ok || n != n || n > 1<<31 || n < -(1<<31) {
		return fallback
	}
	return int(n)
}

// float is the number, or a fallback.
func float(v value, fallback float64) float64 {
	if n, ok := v.number(); ok && n == n {
		return n
	}
	return fallback
}

// numbers reads an array of exactly n numbers.
func numbers(v value, n int) ([]float64, bool) {
	if v.length() < n {
		return nil, false
	}
	list := make([]float64, n)
	for i := range list {
		f, ok := v.index(i).number()
		if !ok {
			return nil, false
		}
		list[i] = f
	}
	return list, true
}

// nameOf is the name's text, or "".
func nameOf(v value) string {
	s, _ := v.name()
	return s
}
