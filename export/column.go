package export

import (
	"math"
	"math/big"

	"github.com/shopspring/decimal"

	"gongkai/extract/layout"
	"gongkai/normalize"
)

// Kind is the type of a column's values.
type Kind uint8

const (
	Text        Kind = iota // UTF-8; an empty text is a missing value
	Integer                 // 64 bits
	Boolean                 // true or false
	Number                  // with two decimals: points on the page, shares
	Decimal                 // exact, with Column.Precision and Column.Scale
	TextList                // JSON array in CSV, LIST in Parquet
	IntegerList             // the same, of integers
	BoxList                 // the same, of page rectangles {page, x0, y0, x1, y1}
)

// Category is one of the values a column of a closed set may have.
type Category struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// Column describes one column of a dataset.
type Column struct {
	Name        string
	Title       string
	Description string
	Kind        Kind
	Precision   int // digits in all, of a Decimal
	Scale       int // digits after the point, of a Decimal
	Required    bool
	Unique      bool
	Pattern     string // regular expression that texts match as a whole
	Minimum     string
	Categories  []Category
	ColumnType  string // Fiscal Data Package name
	MoFName     string // field name in the Ministry of Finance's integrated budget system
	// Repeats says that few different texts fill the column, so that Parquet keeps
	// them in a dictionary.
	Repeats bool
}

// column is a Column of rows of type R and the way to its value; one of the
// functions is set, the one of its kind.
type column[R any] struct {
	Column
	text    func(*R) string
	integer func(*R) int64
	boolean func(*R) bool
	number  func(*R) float64 // NaN is missing
	decimal func(*R) *decimal.NullDecimal
	texts   func(*R) []string
	ints    func(*R) []int
	boxes   func(*R) []normalize.PageBox

	zeroIsMissing bool          // of an Integer
	known         func(*R) bool // of a Boolean, nil when it is never missing
}

func textColumn[R any](name, title, description string, get func(*R) string) column[R] {
	return column[R]{Column: Column{Name: name, Title: title, Description: description, Kind: Text, Repeats: true}, text: get}
}

func integerColumn[R any](name, title, description string, get func(*R) int64) column[R] {
	return column[R]{Column: Column{Name: name, Title: title, Description: description, Kind: Integer, Required: true}, integer: get}
}

func booleanColumn[R any](name, title, description string, get func(*R) bool) column[R] {
	return column[R]{Column: Column{Name: name, Title: title, Description: description, Kind: Boolean, Required: true}, boolean: get}
}

func numberColumn[R any](name, title, description string, get func(*R) float64) column[R] {
	return column[R]{Column: Column{Name: name, Title: title, Description: description, Kind: Number}, number: get}
}

func decimalColumn[R any](name, title, description string, precision, scale int, get func(*R) *decimal.NullDecimal) column[R] {
	return column[R]{Column: Column{Name: name, Title: title, Description: description, Kind: Decimal, Precision: precision, Scale: scale}, decimal: get}
}

func textListColumn[R any](name, title, description string, get func(*R) []string) column[R] {
	return column[R]{Column: Column{Name: name, Title: title, Description: description, Kind: TextList, Required: true, Repeats: true}, texts: get}
}

func integerListColumn[R any](name, title, description string, get func(*R) []int) column[R] {
	return column[R]{Column: Column{Name: name, Title: title, Description: description, Kind: IntegerList, Required: true}, ints: get}
}

func boxListColumn[R any](name, title, description string, get func(*R) []normalize.PageBox) column[R] {
	return column[R]{Column: Column{Name: name, Title: title, Description: description, Kind: BoxList, Required: true}, boxes: get}
}

// boxColumns are the four edges of a rectangle on the displayed page; all are
// missing when the box is zero, which means that nobody knows where it was.
func boxColumns[R any](box func(*R) *layout.Box) []column[R] {
	edge := func(name, title string, get func(*layout.Box) float64) column[R] {
		return numberColumn(name, title, "points from the top left corner of the displayed page", func(r *R) float64 {
			b := box(r)
			if *b == (layout.Box{}) {
				return math.NaN()
			}
			return get(b)
		})
	}
	return []column[R]{
		edge("x0", "left edge", func(b *layout.Box) float64 { return b.X0 }),
		edge("y0", "upper edge", func(b *layout.Box) float64 { return b.Y0 }),
		edge("x1", "right edge", func(b *layout.Box) float64 { return b.X1 }),
		edge("y1", "lower edge", func(b *layout.Box) float64 { return b.Y1 }),
	}
}

// The methods below refine a column where it is defined.

func (c column[R]) required() column[R]              { c.Required = true; return c }
func (c column[R]) various() column[R]               { c.Repeats = false; return c }
func (c column[R]) key() column[R]                   { c.Required, c.Unique, c.Repeats = true, true, false; return c }
func (c column[R]) mof(name string) column[R]        { c.MoFName = name; return c }
func (c column[R]) fiscal(name string) column[R]     { c.ColumnType = name; return c }
func (c column[R]) pattern(p string) column[R]       { c.Pattern = p; return c }
func (c column[R]) atLeast(minimum string) column[R] { c.Minimum = minimum; return c }

// oneOf gives the values of a closed set, as pairs of value and label.
func (c column[R]) oneOf(pairs ...string) column[R] {
	for i := 0; i+1 < len(pairs); i += 2 {
		c.Categories = append(c.Categories, Category{pairs[i], pairs[i+1]})
	}
	return c
}

// missingWhenZero: 0 stands for "not known" in the batch and for nothing else.
func (c column[R]) missingWhenZero() column[R] {
	c.Required, c.zeroIsMissing = false, true
	return c
}

func (c column[R]) missingUnless(known func(*R) bool) column[R] {
	c.Required, c.known = false, known
	return c
}

const (
	numberPlaces = 2 // a hundredth of a point is thinner than any printed line
	// maxNumber bounds Number columns, so that hundredths stay exact in a float64.
	maxNumber = 1e12
)

// hundredths is a Number as it is written: CSV and Parquet both start from it,
// so that they agree to the last bit.
func hundredths(v float64) (n int64, ok bool) {
	if !(math.Abs(v) <= maxNumber) { // NaN too
		return 0, false
	}
	return int64(math.Round(v * 100)), true
}

var powersOfTen = [...]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}

// smallDigits is the number of digits that always fits 64 bits.
const smallDigits = 18

// unscaled is d times 10^scale, rounded half to even; ok is false when d is
// missing or has more than precision digits. Up to 18 digits it is small and
// large is nil.
func unscaled(d *decimal.NullDecimal, precision, scale int) (small int64, large *big.Int, ok bool) {
	if !d.Valid {
		return 0, nil, false
	}
	exponent, digits := int(d.Decimal.Exponent()), d.Decimal.NumDigits()
	shift := exponent + scale
	switch {
	case shift >= 0 && digits+shift <= min(smallDigits, precision):
		return d.Decimal.CoefficientInt64() * powersOfTen[shift], nil, true
	case digits+shift > precision+1: // also when rounded; 0E+30 is left, which nobody prints
		return 0, nil, d.Decimal.IsZero()
	case digits+shift < 0: // less than a tenth of the last place
		return 0, nil, true
	}
	coefficient := d.Decimal.RoundBank(int32(scale)).Shift(int32(scale)).BigInt()
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(precision)), nil)
	if coefficient.CmpAbs(limit) >= 0 {
		return 0, nil, false
	}
	if precision <= smallDigits || coefficient.IsInt64() {
		return coefficient.Int64(), nil, true
	}
	return 0, coefficient, true
}
