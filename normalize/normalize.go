package normalize

import (
	"gongkai/extract"
	"gongkai/normalize/codebook"
)

// Normalize gives meaning to what was read: which statement each table is, its
// unit, the code, name and column path of every amount, and who published it.
// It is a pure function of its arguments.
func Normalize(document *extract.Document, book *codebook.Book) *Batch {
	return &Batch{}
}
