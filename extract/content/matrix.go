package content

import "math"

// matrix is a b c d e f of ISO 32000-2, 8.3.3: x' = a·x + c·y + e, y' = b·x + d·y + f.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// times applies m first and then n.
func (m matrix) times(n matrix) matrix {
	if m.b == 0 && m.c == 0 && n.b == 0 && n.c == 0 {
		return matrix{m.a * n.a, 0, 0, m.d * n.d, m.e*n.a + n.e, m.f*n.d + n.f}
	}
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// scale is the geometric mean of the two axes' scales.
func (m matrix) scale() float64 { return math.Sqrt(math.Abs(m.a*m.d - m.b*m.c)) }

func matrixOf(v value) (matrix, bool) {
	n, ok := numbers(v, 6)
	if !ok {
		return identity, false
	}
	return matrix{n[0], n[1], n[2], n[3], n[4], n[5]}, true
}
