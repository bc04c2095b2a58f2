package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"os"
	"path/filepath"

	"github.com/parquet-go/parquet-go"
	"golang.org/x/sync/errgroup"

	"gongkai/normalize"
)

// PublishOptions change how the files are written, never which rows they hold.
type PublishOptions struct {
	CSVBOM bool // begin CSV files with a byte order mark, for Excel
}

// File is one published file.
type File struct {
	Path   string // relative to the dataset, with slashes
	Bytes  int64
	SHA256 string // hex
	Rows   int64  // 0 for descriptors
}

// Summary counts what was published.
type Summary struct {
	Documents map[string]int // by status
	Pages     int
	Tables    int
	Cells     int
	Lines     int
	Findings  int
	Files     []File
	// Unusable are batch files that were left out because they are damaged or of
	// another version; their documents want to be read again.
	Unusable []error
}

func (s *Summary) count(batch *normalize.Batch) {
	s.Documents[batch.Document.Status]++
	s.Pages += batch.Document.PageCount
	s.Tables += len(batch.Tables)
	s.Cells += len(batch.Cells)
	s.Lines += len(batch.Lines)
	s.Findings += len(batch.Findings)
}

// dataset is a table[R] of whatever rows.
type dataset interface {
	describe() *Dataset
	open(folder string, options PublishOptions) (publication, error)
}

// publication is a dataset being written.
type publication interface {
	writeCSV(batch *normalize.Batch) error
	writeParquet(batch *normalize.Batch) error
	finish() error // close and check the files, still under temporary names
	files() []*outputFile
}

func datasets() []dataset {
	return []dataset{documentsTable(), sourcesTable(), tablesTable(), cellsTable(), linesTable(), leavesTable(), findingsTable(),
		procurementTable(), assetsTable(), institutionsTable(), indicatorsTable(), sectionsTable(), textAmountsTable(), termsTable(), ruleOutcomesTable()}
}

// Publish writes the datasets of all batches in the store: CSV and Parquet files,
// their schemas, a data dictionary, and last datapackage.json. It is a pure
// function of the batches. Memory is bounded by one batch and one row group of
// each dataset. A failure leaves the published files as they were, unless it
// strikes between their renames; datapackage.json, replaced after them, tells by
// its hashes. Errors are the context's or *OutputError.
func Publish(ctx context.Context, store *Store, folder string, options PublishOptions) (Summary, error) {
	p := publisher{folder: folder, summary: Summary{Documents: make(map[string]int)}}
	defer p.removeTemporary()
	for _, d := range datasets() {
		publication, err := d.open(folder, options)
		if err != nil {
			return Summary{}, err
		}
		p.datasets = append(p.datasets, d.describe())
		p.publications = append(p.publications, publication)
	}
	for batch, err := range store.Documents() {
		switch {
		case ctx.Err() != nil:
			return Summary{}, context.Cause(ctx)
		case errors.Is(err, ErrNoBatch):
			p.summary.Unusable = append(p.summary.Unusable, err)
			continue
		case err != nil:
			return Summary{}, err
		}
		p.summary.count(batch)
		if err := p.write(batch); err != nil {
			return Summary{}, err
		}
	}
	if err := p.finish(); err != nil {
		return Summary{}, err
	}
	return p.summary, nil
}

type publisher struct {
	folder       string
	datasets     []*Dataset
	publications []publication
	descriptors  []*outputFile
	summary      Summary
}

// write appends a batch to all files, CSV beside Parquet.
func (p *publisher) write(batch *normalize.Batch) error {
	var both errgroup.Group
	both.Go(func() error { return p.each(func(d publication) error { return d.writeCSV(batch) }) })
	both.Go(func() error { return p.each(func(d publication) error { return d.writeParquet(batch) }) })
	return both.Wait()
}

func (p *publisher) each(do func(publication) error) error {
	for _, publication := range p.publications {
		if err := do(publication); err != nil {
			return err
		}
	}
	return nil
}

// finish makes the descriptors and gives every file its name, datapackage.json last.
func (p *publisher) finish() error {
	if err := p.each(publication.finish); err != nil {
		return err
	}
	descriptor := newDataPackage()
	for i, publication := range p.publications {
		dataset := p.datasets[i]
		for _, file := range publication.files() {
			descriptor.Resources = append(descriptor.Resources, newResource(dataset, &file.File, file.format))
		}
		schema, err := dataset.tableSchema()
		if err != nil {
			return fmt.Errorf("schema of %s: %w", dataset.Name, err)
		}
		if err := p.describe(schemaFolder+"/"+dataset.Name+".json", schema); err != nil {
			return err
		}
	}
	if err := p.describe(dictionaryFile, dictionary()); err != nil {
		return err
	}
	last, err := descriptorJSON(descriptor)
	if err != nil {
		return fmt.Errorf("%s: %w", descriptorFile, err)
	}
	if err := p.describe(descriptorFile, last); err != nil {
		return err
	}
	for _, file := range p.all() {
		if err := file.rename(); err != nil {
			return err
		}
		p.summary.Files = append(p.summary.Files, file.File)
	}
	return nil
}

func (p *publisher) describe(path string, content []byte) error {
	file, err := createOutput(p.folder, path, "json")
	if err != nil {
		return err
	}
	p.descriptors = append(p.descriptors, file)
	file.Write(content) // the error stays until close
	return file.close()
}

// all gives the files in the order they are renamed.
func (p *publisher) all() []*outputFile {
	var files []*outputFile
	for _, publication := range p.publications {
		files = append(files, publication.files()...)
	}
	return append(files, p.descriptors...)
}

func (p *publisher) removeTemporary() {
	for _, file := range p.all() {
		file.discard()
	}
}

// tablePublication writes the rows of one dataset to its two files.
type tablePublication[R any] struct {
	*table[R]
	csv        *outputFile
	csvEncoder *csvEncoder[R]
	line       []byte // scratch
	csvRows    []R    // scratch

	parquet       *outputFile
	parquetWriter *parquetWriter[R]
	parquetRows   []R // scratch
}

func (t *table[R]) describe() *Dataset { return &t.Dataset }

func (t *table[R]) open(folder string, options PublishOptions) (publication, error) {
	p := &tablePublication[R]{table: t, csvEncoder: newCSVEncoder(t.columns)}
	var err error
	if p.csv, err = createOutput(folder, csvFormat+"/"+t.Name+"."+csvFormat, csvFormat); err != nil {
		return nil, err
	}
	if p.parquet, err = createOutput(folder, parquetFormat+"/"+t.Name+"."+parquetFormat, parquetFormat); err != nil {
		p.csv.discard()
		return nil, err
	}
	if p.parquetWriter, err = newParquetWriter(p.parquet, &t.Dataset, t.columns); err != nil {
		return nil, errors.Join(outputError(p.parquet.path, err), p.csv.discard(), p.parquet.discard())
	}
	if options.CSVBOM {
		p.line = append(p.line, byteOrderMark...)
	}
	p.line = p.csvEncoder.appendHeader(p.line)
	if _, err := p.csv.Write(p.line); err != nil {
		return nil, errors.Join(err, p.csv.discard(), p.parquet.discard())
	}
	return p, nil
}

func (p *tablePublication[R]) writeCSV(batch *normalize.Batch) error {
	rows := p.rows(p.csvRows[:0], batch)
	p.csv.Rows += int64(len(rows))
	p.line = p.line[:0]
	for i := range rows {
		p.line = p.csvEncoder.appendRow(p.line, &rows[i])
		if len(p.line) >= outputBuffer || i == len(rows)-1 {
			if _, err := p.csv.Write(p.line); err != nil {
				return err
			}
			p.line = p.line[:0]
		}
	}
	p.csvRows = rows
	p.csvEncoder.forget()
	return nil
}

func (p *tablePublication[R]) writeParquet(batch *normalize.Batch) error {
	rows := p.rows(p.parquetRows[:0], batch)
	p.parquet.Rows += int64(len(rows))
	p.parquetRows = rows
	return outputError(p.parquet.path, p.parquetWriter.write(rows))
}

func (p *tablePublication[R]) finish() error {
	if err := p.csv.close(); err != nil {
		return err
	}
	if err := p.parquetWriter.close(); err != nil {
		return outputError(p.parquet.path, err)
	}
	if err := p.parquet.close(); err != nil {
		return err
	}
	return p.parquet.checkRows()
}

func (p *tablePublication[R]) files() []*outputFile { return []*outputFile{p.csv, p.parquet} }

// outputBuffer is how much goes to the disk at once, in bytes.
const outputBuffer = 256 << 10

// outputFile is a file under a temporary name, counted and hashed as it is written.
type outputFile struct {
	File
	format    string
	path      string // in the end
	temporary string // until then
	file      *os.File
	buffer    *bufio.Writer
	digest    hash.Hash
	placed    bool
}

// createOutput makes the file and the folders it needs; path is relative to the
// dataset folder, with slashes.
func createOutput(folder, path, format string) (*outputFile, error) {
	full := filepath.Join(folder, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(full), folderMode); err != nil {
		return nil, outputError(full, err)
	}
	f := &outputFile{
		File: File{Path: path}, format: format, path: full,
		temporary: filepath.Join(filepath.Dir(full), "."+filepath.Base(full)+temporarySuffix),
		digest:    sha256.New(),
	}
	var err error
	if f.file, err = os.Create(f.temporary); err != nil {
		return nil, outputError(f.temporary, err)
	}
	f.buffer = bufio.NewWriterSize(hashedFile{f}, outputBuffer)
	return f, nil
}

// hashedFile is the unbuffered side of an outputFile.
type hashedFile struct{ *outputFile }

func (f hashedFile) Write(data []byte) (int, error) {
	n, err := f.file.Write(data)
	f.digest.Write(data[:n])
	f.Bytes += int64(n)
	return n, outputError(f.path, err)
}

func (f *outputFile) Write(data []byte) (int, error) { return f.buffer.Write(data) }

// close waits until the content is on the disk.
func (f *outputFile) close() error {
	err := f.buffer.Flush()
	if err == nil {
		err = f.file.Sync()
	}
	if closing := f.file.Close(); err == nil {
		err = closing
	}
	f.file = nil
	f.SHA256 = hex.EncodeToString(f.digest.Sum(nil))
	return outputError(f.path, err)
}

// checkRows opens a closed Parquet file again and counts its rows.
func (f *outputFile) checkRows() error {
	file, err := os.Open(f.temporary)
	if err != nil {
		return outputError(f.temporary, err)
	}
	defer file.Close()
	written, err := parquet.OpenFile(file, f.Bytes)
	if err == nil && written.NumRows() != f.Rows {
		err = fmt.Errorf("%d rows read back, %d written", written.NumRows(), f.Rows)
	}
	return outputError(f.path, err)
}

// rename puts the file in its place.
func (f *outputFile) rename() error {
	if err := os.Rename(f.temporary, f.path); err != nil {
		return outputError(f.path, err)
	}
	f.placed = true
	return nil
}

// discard closes and removes a file that did not get to its place.
func (f *outputFile) discard() error {
	if f.placed {
		return nil
	}
	var closing error
	if f.file != nil {
		closing = f.file.Close()
		f.file = nil
	}
	return errors.Join(closing, os.Remove(f.temporary))
}
