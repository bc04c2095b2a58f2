package normalize

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"math/big"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"gongkai/extract/layout"
)

// The binary form of a Batch. It is what lies in the batch store and what a
// worker process sends to its parent:
//
//	"GKB"  format version (1 byte)  CRC-32C of the payload (4 bytes, little-endian)  payload
//
// The payload visits the fields of each noun in the order of the fields methods
// below. Whole numbers are zigzag varints. A text is 0 when it equals the text of
// the same field in the row before, 1 and its bytes when it is new, and the number
// of an earlier text plus 2 otherwise, because units, names and header paths repeat
// in nearly every row. An id is front-coded against the row before. A coordinate is
// the exclusive-or with the same field of the row before, byte-reversed, so that
// cells in one row cost one byte for each edge they share. Decimals keep
// coefficient and exponent exactly.

// BatchFormat is the version of the binary form. It rises with every change of
// the nouns or of the encoding; a batch of another version is made again.
const BatchFormat = 3

const (
	batchMagic = "GKB"
	batchHead  = len(batchMagic) + 1 + 4 // magic, version, checksum
)

// cellBytes and lineBytes are what a row takes, more or less, with its share of what
// other datasets say of it: room for a whole batch is made at once.
const (
	cellBytes = 48
	lineBytes = 96
)

// maxExponent bounds the exponent of a decimal, so that a damaged batch cannot
// hold a number whose digits fill the memory. Printed amounts stay below 30.
const maxExponent = 1 << 10

// maxCoefficient bounds the bytes of a decimal's coefficient for the same reason.
const maxCoefficient = 1 << 10

// maxSharedPrefix bounds what an id may take from the id of the row before, so
// that the memory for ids stays a multiple of the data. Ids have 30 bytes or so.
const maxSharedPrefix = 255

// ErrBatchFormat says that the data is no batch, or one of another version.
var ErrBatchFormat = errors.New("not a batch of this version")

// ErrBatchDamaged says that the data began as a batch but cannot be read to its end.
var ErrBatchDamaged = errors.New("damaged batch")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// AppendBinary appends the binary form of the batch to dst. Text that is not
// valid UTF-8 gets U+FFFD in place of the bad bytes. The error is not nil when a
// decimal's exponent or coefficient is beyond what print can hold.
func (b *Batch) AppendBinary(dst []byte) ([]byte, error) {
	start := len(dst)
	dst = slices.Grow(dst, batchHead+cellBytes*len(b.Cells)+lineBytes*len(b.Lines))
	dst = append(dst, batchMagic...)
	dst = append(dst, BatchFormat, 0, 0, 0, 0)
	a := archive{
		out:         dst,
		textNumbers: make(map[string]uint64, len(b.Cells)+64),
		listNumbers: make(map[string]uint64),
		listsSeen:   make(map[listIdentity]uint64),
	}
	b.fields(&a)
	if a.err != nil {
		return dst[:start], a.err
	}
	sum := crc32.Checksum(a.out[start+batchHead:], castagnoli)
	binary.LittleEndian.PutUint32(a.out[start+batchHead-4:], sum)
	return a.out, nil
}

// DecodeBatch reads the binary form. The result shares no memory with data. It
// never panics, and its memory is bounded by a multiple of len(data). Errors are
// ErrBatchFormat or ErrBatchDamaged, wrapped. Texts and lists that repeat are
// shared between rows: treat them as read-only.
func DecodeBatch(data []byte) (*Batch, error) {
	b := new(Batch)
	if err := b.UnmarshalBinary(data); err != nil {
		return nil, err
	}
	return b, nil
}

// UnmarshalBinary is DecodeBatch for whoever reads one batch after the other: the new
// rows take the place of the old ones. After an error the batch holds nonsense.
func (b *Batch) UnmarshalBinary(data []byte) error {
	if len(data) < batchHead || string(data[:len(batchMagic)]) != batchMagic {
		return fmt.Errorf("%w: no batch head in %d bytes", ErrBatchFormat, len(data))
	}
	if version := data[len(batchMagic)]; version != BatchFormat {
		return fmt.Errorf("%w: version %d, want %d", ErrBatchFormat, version, BatchFormat)
	}
	payload := data[batchHead:]
	if crc32.Checksum(payload, castagnoli) != binary.LittleEndian.Uint32(data[batchHead-4:]) {
		return fmt.Errorf("%w: checksum differs", ErrBatchDamaged)
	}
	a := archive{decoding: true, in: string(payload)}
	b.fields(&a)
	if a.err == nil && a.at != len(a.in) {
		a.damaged("bytes left over")
	}
	return a.err
}

func (b *Batch) fields(a *archive) {
	a.beginTable()
	a.beginRow()
	b.Document.fields(a)
	visitRows(a, &b.Sources, (*Source).fields)
	visitRows(a, &b.Tables, (*Table).fields)
	visitRows(a, &b.Cells, (*Cell).fields)
	visitRows(a, &b.Lines, (*Line).fields)
	visitRows(a, &b.Findings, (*Finding).fields)
	visitRows(a, &b.Purchases, (*Purchase).fields)
	visitRows(a, &b.Assets, (*Asset).fields)
	visitRows(a, &b.Institutions, (*Institution).fields)
	visitRows(a, &b.Indicators, (*Indicator).fields)
	visitRows(a, &b.Sections, (*Section).fields)
	visitRows(a, &b.TextAmounts, (*TextAmount).fields)
	visitRows(a, &b.Terms, (*Term).fields)
	visitRows(a, &b.RuleOutcomes, (*RuleOutcome).fields)
}

func (d *Document) fields(a *archive) {
	a.text(&d.ID)
	a.int64(&d.Bytes)
	a.int(&d.PageCount)
	a.text(&d.Kind)
	a.text(&d.Phase)
	a.int(&d.FiscalYear)
	a.text(&d.AgencyCode)
	a.text(&d.AgencyName)
	a.text(&d.AdminDivision)
	a.text(&d.AdminDivisionName)
	a.text(&d.DefaultUnit)
	a.text(&d.Title)
	a.text(&d.PublishDate)
	a.text(&d.Producer)
	a.text(&d.Creator)
	a.bool(&d.HasTextLayer)
	a.float(&d.TextConfidence)
	a.int(&d.TablesFound)
	a.int(&d.TablesExpected)
	a.int(&d.FindingsError)
	a.int(&d.FindingsWarn)
	a.text(&d.ExtractorVersion)
	a.text(&d.Status)
	a.text(&d.FailureStage)
	a.text(&d.FailureClass)
	a.text(&d.FailureMessage)
}

func (s *Source) fields(a *archive) {
	a.text(&s.Path)
	a.text(&s.DocumentID)
	a.text(&s.Member)
	a.int64(&s.Bytes)
	a.text(&s.RetrievedAt)
}

func (p *PageBox) fields(a *archive) {
	a.int(&p.Page)
	a.box(&p.Box)
}

func (t *Table) fields(a *archive) {
	a.id(&t.ID)
	a.text(&t.DocumentID)
	a.int(&t.Ordinal)
	a.text(&t.Statement)
	a.float(&t.Confidence)
	a.text(&t.Title)
	a.text(&t.PublishedCode)
	a.text(&t.Side)
	a.int(&t.PageFirst)
	a.int(&t.PageLast)
	visitList(a, &t.Boxes, (*PageBox).fields)
	a.int(&t.Rows)
	a.int(&t.Columns)
	a.int(&t.HeaderRows)
	a.text(&t.UnitRaw)
	a.text(&t.UnitSource)
	a.text(&t.Method)
	a.bool(&t.IsEmpty)
	a.text(&t.EmptyStatement)
	a.list(&t.RowEvidence)
	a.list(&t.ColumnEvidence)
	a.list(&t.JoinEvidence)
	a.list(&t.Doubts)
}

func (c *Cell) fields(a *archive) {
	a.id(&c.ID)
	a.text(&c.TableID)
	a.text(&c.DocumentID)
	a.int(&c.Page)
	a.int(&c.Row)
	a.int(&c.Column)
	a.int(&c.RowSpan)
	a.int(&c.ColumnSpan)
	a.text(&c.Role)
	a.text(&c.TextRaw)
	a.text(&c.TextNorm)
	a.decimal(&c.Value)
	a.text(&c.ValueState)
	a.text(&c.UnitRaw)
	a.list(&c.HeaderPath)
	a.list(&c.RowLabelPath)
	a.box(&c.Box)
	a.int(&c.Glyphs)
	a.list(&c.Flags)
}

func (l *Line) fields(a *archive) {
	a.id(&l.ID)
	a.text(&l.TableID)
	a.id(&l.CellID)
	a.int(&l.LineNo)
	a.text(&l.Statement)
	a.int(&l.FiscalYear)
	a.text(&l.Phase)
	a.text(&l.Direction)
	a.text(&l.Side)
	a.text(&l.AgencyCode)
	a.text(&l.AgencyName)
	a.text(&l.AdminDivision)
	a.text(&l.Code)
	a.text(&l.CodeRaw)
	a.text(&l.Name)
	a.text(&l.NameRaw)
	a.text(&l.CodeScheme)
	a.text(&l.CodeEdition)
	a.text(&l.CodeStatus)
	a.text(&l.FuncCode)
	a.text(&l.EconCode)
	a.text(&l.GovEconCode)
	a.text(&l.ItemCode)
	a.text(&l.ItemName)
	a.text(&l.ProjectCode)
	a.text(&l.ProjectName)
	a.text(&l.FundType)
	a.text(&l.SpendingKind)
	a.text(&l.Measure)
	a.text(&l.AmountRole)
	a.int(&l.Level)
	a.bool(&l.IsLeaf)
	a.id(&l.ParentLineID)
	a.text(&l.ReportedBy)
	a.text(&l.LeafOf)
	a.text(&l.ColumnPath)
	a.decimal(&l.AmountCNY)
	a.text(&l.AmountRaw)
	a.text(&l.UnitRaw)
	a.text(&l.ValueState)
	a.bool(&l.IsTotal)
	a.bool(&l.IsMemo)
	a.int(&l.Page)
	a.box(&l.Box)
}

func (f *Finding) fields(a *archive) {
	a.id(&f.ID)
	a.text(&f.DocumentID)
	a.text(&f.RuleID)
	a.int(&f.RuleVersion)
	a.text(&f.Severity)
	a.text(&f.Outcome)
	a.text(&f.Origin)
	a.text(&f.MessageEN)
	a.text(&f.MessageZH)
	a.text(&f.Formula)
	a.decimal(&f.Expected)
	a.decimal(&f.Observed)
	a.decimal(&f.Difference)
	a.decimal(&f.Tolerance)
	a.text(&f.Unit)
	a.text(&f.Fault)
	a.text(&f.Suspect)
	a.decimal(&f.Proposed)
	a.float(&f.Confidence)
	a.list(&f.TableIDs)
	a.list(&f.CellIDs)
	a.list(&f.SectionIDs)
	visitList(a, &f.Pages, func(page *int, a *archive) { a.int(page) })
	visitList(a, &f.Operands, (*Operand).fields)
}

func (o *Operand) fields(a *archive) {
	a.text(&o.Role)
	a.text(&o.Label)
	a.text(&o.Raw)
	a.decimal(&o.Value)
	a.text(&o.CellID)
	a.text(&o.TextAmountID)
	a.int(&o.Page)
	a.box(&o.Box)
}

func (r *RuleOutcome) fields(a *archive) {
	a.text(&r.ID)
	a.text(&r.DocumentID)
	a.text(&r.RuleID)
	a.int(&r.RuleVersion)
	a.text(&r.TableID)
	a.text(&r.Outcome)
	a.int(&r.Checked)
	a.int(&r.Passed)
	a.int(&r.Rounded)
	a.int(&r.Failed)
	a.text(&r.Reason)
}

func (t *Term) fields(a *archive) {
	a.id(&t.ID)
	a.text(&t.DocumentID)
	a.text(&t.SectionID)
	a.int(&t.Ordinal)
	a.text(&t.Name)
	a.text(&t.Definition)
	a.int(&t.Page)
}

func (p *Purchase) fields(a *archive) {
	a.id(&p.ID)
	a.text(&p.DocumentID)
	a.text(&p.TableID)
	a.int(&p.Row)
	a.text(&p.ProjectName)
	a.text(&p.ProjectCode)
	a.decimal(&p.ProjectBudget)
	a.text(&p.ItemName)
	a.text(&p.CatalogueCode)
	a.text(&p.CatalogueScheme)
	a.text(&p.CatalogueEdition)
	a.text(&p.Unit)
	a.decimal(&p.Quantity)
	a.decimal(&p.UnitPrice)
	a.decimal(&p.Amount)
	a.decimal(&p.AmountGeneral)
	a.decimal(&p.AmountFund)
	a.decimal(&p.AmountCapital)
	a.decimal(&p.AmountSpecial)
	a.decimal(&p.AmountOwn)
	a.text(&p.Category)
	a.int(&p.Page)
	a.box(&p.Box)
}

func (s *Asset) fields(a *archive) {
	a.id(&s.ID)
	a.text(&s.DocumentID)
	a.text(&s.TableID)
	a.text(&s.AsOf)
	a.text(&s.Kind)
	a.text(&s.LabelRaw)
	a.decimal(&s.Quantity)
	a.text(&s.QuantityUnit)
	a.decimal(&s.Value)
	a.bool(&s.IsMemo)
	a.int(&s.Page)
	a.box(&s.Box)
}

func (i *Institution) fields(a *archive) {
	a.id(&i.ID)
	a.text(&i.DocumentID)
	a.text(&i.TableID)
	a.text(&i.Name)
	a.text(&i.Code)
	a.text(&i.NatureRaw)
	a.text(&i.RankRaw)
	a.text(&i.FundingRaw)
	a.int(&i.Page)
	a.box(&i.Box)
}

func (i *Indicator) fields(a *archive) {
	a.id(&i.ID)
	a.text(&i.DocumentID)
	a.text(&i.TableID)
	a.text(&i.CellID)
	a.text(&i.Scope)
	a.text(&i.ProjectCode)
	a.text(&i.ProjectName)
	a.decimal(&i.ProjectBudget)
	a.text(&i.GoalNo)
	a.text(&i.GoalText)
	a.text(&i.Level1Raw)
	a.text(&i.Level1)
	a.text(&i.Level2Raw)
	a.text(&i.Level2)
	a.text(&i.Name)
	a.text(&i.Description)
	a.text(&i.Operator)
	a.decimal(&i.TargetValue)
	a.text(&i.TargetUnit)
	a.text(&i.TargetRaw)
	a.text(&i.TargetText)
	a.text(&i.Basis)
	a.decimal(&i.ActualValue)
	a.decimal(&i.Score)
	a.int(&i.Page)
	a.box(&i.Box)
}

func (s *Section) fields(a *archive) {
	a.id(&s.ID)
	a.text(&s.DocumentID)
	a.text(&s.ParentID)
	a.int(&s.Level)
	a.int(&s.Ordinal)
	a.text(&s.Form)
	a.text(&s.Heading)
	a.text(&s.Kind)
	a.text(&s.Text)
	a.text(&s.TableID)
	a.int(&s.PageFirst)
	a.int(&s.PageLast)
}

func (t *TextAmount) fields(a *archive) {
	a.id(&t.ID)
	a.text(&t.DocumentID)
	a.text(&t.SectionID)
	a.text(&t.Sentence)
	a.text(&t.SubjectPath)
	a.text(&t.Measure)
	a.int(&t.Period)
	a.text(&t.DirectionWord)
	a.decimal(&t.Value)
	a.text(&t.Unit)
	a.decimal(&t.Amount)
	a.int(&t.CharStart)
	a.int(&t.CharEnd)
	a.int(&t.Page)
	a.box(&t.Box)
}

// archive visits fields in one direction: it writes them to out, or reads them
// from in. Reading stops at the first error; the fields after it stay as they are.
type archive struct {
	decoding bool
	err      error

	out         []byte
	textNumbers map[string]uint64       // number of each text written
	listNumbers map[string]uint64       // number of each list written, by its texts' numbers
	listsSeen   map[listIdentity]uint64 // the same for a list that rows share, found without looking at its texts
	listKey     []byte                  // scratch

	in       string
	at       int // read so far
	texts    []string
	lists    [][]string
	idBuffer strings.Builder // ids put together, many in one allocation

	textField, floatField int      // texts and floats visited in this row
	rowTexts              []string // of the row before, by field
	rowFloats             []uint64
}

// listIdentity tells slices apart that rows share.
type listIdentity struct {
	first  *string
	length int
}

const (
	sameAsBefore = 0 // the text of this field in the row before, or an empty list
	newEntry     = 1 // not seen before in this batch: the content follows
	firstEntry   = 2 // added to the number of an earlier text or list
)

const idBufferSize = 16 << 10 // bytes; some hundred ids

// smallestRow is the least number of bytes a row of any dataset takes: one for
// each of the four fields of a source. It bounds the memory set aside for a count.
const smallestRow = 4

func (a *archive) beginTable() {
	a.rowTexts = a.rowTexts[:0]
	a.rowFloats = a.rowFloats[:0]
}

func (a *archive) beginRow() { a.textField, a.floatField = 0, 0 }

// visitRows visits the rows of one dataset.
func visitRows[T any](a *archive, rows *[]T, fields func(*T, *archive)) {
	a.beginTable()
	n := a.count(len(*rows), smallestRow)
	if a.decoding {
		*rows = slices.Grow((*rows)[:0], n)[:n] // every field of the rows is set below
	}
	for i := 0; i < n && a.err == nil; i++ {
		a.beginRow()
		fields(&(*rows)[i], a)
	}
}

// visitList visits a list inside a row; its elements are compared with the one before.
func visitList[T any](a *archive, list *[]T, fields func(*T, *archive)) {
	n := a.count(len(*list), 1)
	if a.decoding {
		*list = nil
		if n > 0 {
			*list = make([]T, n)
		}
	}
	floatField := a.floatField
	for i := 0; i < n && a.err == nil; i++ {
		a.floatField = floatField
		fields(&(*list)[i], a)
	}
}

func (a *archive) damaged(what string) {
	if a.err == nil {
		a.err = fmt.Errorf("%w: %s at byte %d", ErrBatchDamaged, what, a.at)
	}
}

func (a *archive) writeNumber(n uint64) { a.out = binary.AppendUvarint(a.out, n) }

func (a *archive) readNumber() uint64 {
	if a.err != nil {
		return 0
	}
	if a.at < len(a.in) && a.in[a.at] < 0x80 { // nearly always
		a.at++
		return uint64(a.in[a.at-1])
	}
	var n uint64
	for i := 0; i < binary.MaxVarintLen64 && a.at+i < len(a.in); i++ {
		c := a.in[a.at+i]
		if i == binary.MaxVarintLen64-1 && c > 1 {
			break
		}
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			a.at += i + 1
			return n
		}
	}
	a.damaged("bad number")
	return 0
}

// readBytes takes n bytes of the payload.
func (a *archive) readBytes(n uint64) string {
	if a.err != nil {
		return ""
	}
	if n > uint64(len(a.in)-a.at) {
		a.damaged("length beyond the end")
		return ""
	}
	start := a.at
	a.at += int(n)
	return a.in[start:a.at]
}

// count visits the number of elements that follow, each of at least so many bytes.
func (a *archive) count(length, bytesEach int) int {
	if !a.decoding {
		a.writeNumber(uint64(length))
		return length
	}
	n := a.readNumber()
	if n > uint64((len(a.in)-a.at)/bytesEach) {
		a.damaged("count beyond the end")
		return 0
	}
	return int(n)
}

func (a *archive) int64(v *int64) {
	if a.decoding {
		n := a.readNumber()
		*v = int64(n>>1) ^ -int64(n&1)
		return
	}
	a.writeNumber(uint64(*v)<<1 ^ uint64(*v>>63))
}

func (a *archive) int(v *int) {
	wide := int64(*v)
	a.int64(&wide)
	*v = int(wide)
}

func (a *archive) bool(v *bool) {
	if a.decoding {
		n := a.readNumber()
		if n > 1 {
			a.damaged("bad truth value")
		}
		*v = n == 1
		return
	}
	if *v {
		a.out = append(a.out, 1)
	} else {
		a.out = append(a.out, 0)
	}
}

func (a *archive) float(v *float64) {
	if a.floatField == len(a.rowFloats) {
		a.rowFloats = append(a.rowFloats, 0)
	}
	before := &a.rowFloats[a.floatField]
	a.floatField++
	if a.decoding {
		*before ^= bits.ReverseBytes64(a.readNumber())
		*v = math.Float64frombits(*before)
		return
	}
	now := math.Float64bits(*v)
	a.writeNumber(bits.ReverseBytes64(now ^ *before))
	*before = now
}

func (a *archive) box(b *layout.Box) {
	a.float(&b.X0)
	a.float(&b.Y0)
	a.float(&b.X1)
	a.float(&b.Y1)
}

// textBefore is the place of the field's text in the row before.
func (a *archive) textBefore() *string {
	if a.textField == len(a.rowTexts) {
		a.rowTexts = append(a.rowTexts, "")
	}
	a.textField++
	return &a.rowTexts[a.textField-1]
}

// text visits a text that other rows or fields are likely to repeat.
func (a *archive) text(v *string) {
	before := a.textBefore()
	if a.decoding {
		if code := a.readNumber(); code != sameAsBefore {
			*before = a.readText(code)
		}
		*v = *before
		return
	}
	if *v == *before {
		a.out = append(a.out, sameAsBefore)
		return
	}
	a.writeText(*v)
	*before = *v
}

func (a *archive) writeText(v string) {
	if number, seen := a.textNumbers[v]; seen {
		a.writeNumber(number + firstEntry)
		return
	}
	a.textNumbers[v] = uint64(len(a.textNumbers))
	valid := validText(v)
	a.out = append(a.out, newEntry)
	a.writeNumber(uint64(len(valid)))
	a.out = append(a.out, valid...)
}

func (a *archive) readText(code uint64) string {
	if code >= firstEntry {
		if code-firstEntry >= uint64(len(a.texts)) {
			a.damaged("unknown text")
			return ""
		}
		return a.texts[code-firstEntry]
	}
	if code != newEntry {
		a.damaged("bad text")
		return ""
	}
	v := a.readBytes(a.readNumber())
	if !utf8.ValidString(v) {
		a.damaged("text is not UTF-8")
		return ""
	}
	a.texts = append(a.texts, v)
	return v
}

func validText(v string) string {
	if utf8.ValidString(v) {
		return v
	}
	return strings.ToValidUTF8(v, "\uFFFD")
}

// id visits a text that no other row repeats, but that begins like the one before.
func (a *archive) id(v *string) {
	before := a.textBefore()
	if a.decoding {
		shared := a.readNumber()
		rest := a.readBytes(a.readNumber())
		if shared > uint64(min(len(*before), maxSharedPrefix)) {
			a.damaged("id longer than the one before")
			return
		}
		*before = a.join((*before)[:shared], rest)
		if !utf8.ValidString(*before) {
			a.damaged("id is not UTF-8")
		}
		*v = *before
		return
	}
	valid := validText(*v)
	shared := 0
	for limit := min(len(valid), len(*before), maxSharedPrefix); shared < limit && valid[shared] == (*before)[shared]; {
		shared++
	}
	a.writeNumber(uint64(shared))
	a.writeNumber(uint64(len(valid) - shared))
	a.out = append(a.out, valid[shared:]...)
	*before = valid
}

// join is head + tail, without an allocation of its own for short texts.
func (a *archive) join(head, tail string) string {
	if len(head) == 0 || len(head)+len(tail) > idBufferSize {
		return head + tail
	}
	if a.idBuffer.Cap()-a.idBuffer.Len() < len(head)+len(tail) {
		a.idBuffer = strings.Builder{}
		a.idBuffer.Grow(idBufferSize)
	}
	start := a.idBuffer.Len()
	a.idBuffer.WriteString(head)
	a.idBuffer.WriteString(tail)
	return a.idBuffer.String()[start:]
}

// list visits a list of texts, such as a header path. An empty list reads back as nil.
func (a *archive) list(v *[]string) {
	if a.decoding {
		*v = a.readList()
		return
	}
	if len(*v) == 0 {
		a.out = append(a.out, sameAsBefore)
		return
	}
	identity := listIdentity{&(*v)[0], len(*v)}
	number, seen := a.listsSeen[identity]
	if !seen {
		number, seen = a.writeList(*v)
		a.listsSeen[identity] = number
	}
	if seen {
		a.writeNumber(number + firstEntry)
	}
}

// writeList writes a list unless one of the same texts was written before.
func (a *archive) writeList(v []string) (number uint64, seen bool) {
	start := len(a.out)
	a.out = append(a.out, newEntry)
	a.writeNumber(uint64(len(v)))
	a.listKey = a.listKey[:0]
	for _, text := range v {
		a.writeText(text)
		a.listKey = binary.AppendUvarint(a.listKey, a.textNumbers[text])
	}
	if number, seen = a.listNumbers[string(a.listKey)]; seen {
		a.out = a.out[:start] // all its texts were known, so nothing is lost
		return number, true
	}
	number = uint64(len(a.listNumbers))
	a.listNumbers[string(a.listKey)] = number
	return number, false
}

func (a *archive) readList() []string {
	code := a.readNumber()
	switch {
	case a.err != nil || code == sameAsBefore:
		return nil
	case code >= firstEntry:
		if code-firstEntry >= uint64(len(a.lists)) {
			a.damaged("unknown list")
			return nil
		}
		return a.lists[code-firstEntry]
	}
	n := a.count(0, 1)
	v := make([]string, 0, n)
	for i := 0; i < n && a.err == nil; i++ {
		v = append(v, a.readText(a.readNumber()))
	}
	a.lists = append(a.lists, v)
	return v
}

const (
	noDecimal    = iota // null
	smallDecimal        // coefficient below 10^18: zigzag varint, then the exponent
	bigDecimal          // sign, length and big-endian bytes of the coefficient, then the exponent
)

// smallDigits is the number of digits that always fits 64 bits.
const smallDigits = 18

func (a *archive) decimal(v *decimal.NullDecimal) {
	if a.decoding {
		*v = a.readDecimal()
		return
	}
	if !v.Valid {
		a.out = append(a.out, noDecimal)
		return
	}
	exponent := int64(v.Decimal.Exponent())
	if v.Decimal.NumDigits() <= smallDigits {
		a.out = append(a.out, smallDecimal)
		coefficient := v.Decimal.CoefficientInt64()
		a.int64(&coefficient)
	} else {
		coefficient := v.Decimal.Coefficient()
		negative := coefficient.Sign() < 0
		digits := coefficient.Bytes()
		if len(digits) > maxCoefficient {
			a.err = fmt.Errorf("encode batch: decimal of %d bytes, at most %d", len(digits), maxCoefficient)
		}
		a.out = append(a.out, bigDecimal)
		a.bool(&negative)
		a.writeNumber(uint64(len(digits)))
		a.out = append(a.out, digits...)
	}
	if exponent < -maxExponent || exponent > maxExponent {
		a.err = fmt.Errorf("encode batch: decimal exponent %d, at most %d", exponent, maxExponent)
	}
	a.int64(&exponent)
}

func (a *archive) readDecimal() decimal.NullDecimal {
	var small, exponent int64
	var large *big.Int
	switch a.readNumber() {
	case noDecimal:
		return decimal.NullDecimal{}
	case smallDecimal:
		a.int64(&small)
	case bigDecimal:
		var negative bool
		a.bool(&negative)
		digits := a.readBytes(a.readNumber())
		if len(digits) > maxCoefficient {
			a.damaged("decimal too long")
			return decimal.NullDecimal{}
		}
		large = new(big.Int).SetBytes([]byte(digits))
		if negative {
			large.Neg(large)
		}
	default:
		a.damaged("bad decimal")
	}
	a.int64(&exponent)
	if exponent < -maxExponent || exponent > maxExponent {
		a.damaged("decimal exponent")
	}
	if a.err != nil {
		return decimal.NullDecimal{}
	}
	if large != nil {
		return decimal.NewNullDecimal(decimal.NewFromBigInt(large, int32(exponent)))
	}
	return decimal.NewNullDecimal(decimal.New(small, int32(exponent)))
}
