package normalize

import (
	"gongkai/extract"
	"gongkai/normalize/codebook"
)

// Normalize gives meaning to what was read: which statement each table is, its
// unit, the code, name and column path of every amount, and who published it.
// It is a pure function of its arguments.
func Normalize(document *extract.Document, book *codebook.Book) *Batch {
	sheets := make([]*sheet, len(document.Tables))
	heads := make([]header, len(document.Tables))
	for i := range document.Tables {
		sheets[i] = newSheet(&document.Tables[i])
		heads[i] = findHeader(sheets[i])
	}
	p := readProfile(document, sheets, heads, book)
	readings := make([]*reading, 0, len(document.Tables))
	for i := range document.Tables {
		t := interpret(document, i, sheets[i], heads[i], p)
		if before := beginning(readings, t); before != nil {
			t.continueFrom(before)
		} else if continuesTargets(readings, t) {
			t.match = readings[len(readings)-1].match
			t.match.Evidence = "continued"
		}
		readings = append(readings, t)
	}
	batch := assemble(document, book, p, readings)
	completeDocument(&batch.Document, document, &p)
	return batch
}
