package export

import (
	"fmt"
	"os"
	"slices"

	"github.com/parquet-go/parquet-go"

	"gongkai/normalize"
)

// tablePublication writes the rows of one dataset to its files.
type tablePublication[R any] struct {
	*table[R]
	generation *generation

	batch []R // the rows of the batch at hand

	csv, excel []*csvFile[R] // one or none of each

	parquet       []*outputFile // the last one is open while parquetWriter is set
	parquetWriter *parquetWriter[R]
}

func (t *table[R]) describe() *Dataset { return &t.Dataset }

func (t *table[R]) open(g *generation, options PublishOptions) (publication, error) {
	p := &tablePublication[R]{table: t, generation: g}
	mark := ""
	if options.CSVBOM {
		mark = byteOrderMark
	}
	file, err := newCSVFile(g, csvFormat+"/"+t.Name+"."+csvFormat, mark, newCSVEncoder(t.columns))
	if err != nil {
		return nil, err
	}
	p.csv = append(p.csv, file)
	if options.Excel {
		file, err := newCSVFile(g, excelFolder+"/"+t.Name+"."+csvFormat, byteOrderMark, newExcelEncoder(t.columns))
		if err != nil {
			return nil, err
		}
		p.excel = append(p.excel, file)
	}
	if !t.isPartitioned(options.Partition) {
		if err := p.openParquet(parquetFormat + "/" + t.Name + "." + parquetFormat); err != nil {
			return nil, err
		}
	}
	return p, p.writeConstant()
}

// writeConstant writes the rows that come from no document.
func (p *tablePublication[R]) writeConstant() error {
	if p.constant == nil {
		return nil
	}
	var err error
	if p.batch, err = p.constant(); err != nil {
		return err
	}
	if err := p.writeCSV(); err != nil {
		return err
	}
	err = p.writeParquet()
	p.batch = nil
	return err
}

func (p *tablePublication[R]) openParquet(path string) error {
	file, err := p.generation.create(path)
	if err != nil {
		return err
	}
	p.parquet = append(p.parquet, file)
	p.parquetWriter, err = newParquetWriter(file, p.generation.compressor, &p.Dataset, p.columns)
	return outputError(file.path, err)
}

func (p *tablePublication[R]) take(batch *normalize.Batch) {
	p.batch = p.rows(p.batch[:0], batch)
}

func (p *tablePublication[R]) comparing() bool { return p.compares }

// endOrder ends the row group: it tells the order of its rows.
func (p *tablePublication[R]) endOrder() error {
	if p.parquetWriter == nil {
		return nil
	}
	return outputError(p.parquet[len(p.parquet)-1].path, p.parquetWriter.endGroup())
}

func (p *tablePublication[R]) writeCSV() error {
	for _, file := range slices.Concat(p.csv, p.excel) {
		if err := file.write(p.batch); err != nil {
			return err
		}
	}
	return nil
}

func (p *tablePublication[R]) writeParquet() error {
	if p.parquetWriter == nil {
		return nil
	}
	file := p.parquet[len(p.parquet)-1]
	file.Rows += int64(len(p.batch))
	return outputError(file.path, p.parquetWriter.write(p.batch))
}

func (p *tablePublication[R]) finish() error {
	for _, file := range slices.Concat(p.csv, p.excel) {
		if err := file.out.close(); err != nil {
			return err
		}
	}
	return nil
}

// closeParquet closes the open Parquet file and counts its rows by reading it.
func (p *tablePublication[R]) closeParquet() error {
	if p.parquetWriter == nil {
		return nil
	}
	file := p.parquet[len(p.parquet)-1]
	if err := p.parquetWriter.close(); err != nil {
		return outputError(file.path, err)
	}
	p.parquetWriter = nil
	if err := file.close(); err != nil {
		return err
	}
	return checkRows(file)
}

// checkRows opens a closed Parquet file again and counts its rows.
func checkRows(f *outputFile) error {
	file, err := os.Open(f.path)
	if err != nil {
		return outputError(f.path, err)
	}
	defer file.Close()
	written, err := parquet.OpenFile(file, f.Bytes)
	if err == nil && written.NumRows() != f.Rows {
		err = fmt.Errorf("%d rows read back, %d written", written.NumRows(), f.Rows)
	}
	return outputError(f.path, err)
}

// resources are what datapackage.json says of the files.
func (p *tablePublication[R]) resources() []resource {
	var all []resource
	for _, file := range p.csv {
		all = append(all, csvResource(&p.Dataset, &file.out.File))
	}
	all = append(all, parquetResource(&p.Dataset, p.parquet))
	for _, file := range p.excel {
		all = append(all, excelResource(&p.Dataset, &file.out.File))
	}
	return all
}

// csvFile is a CSV file being written.
type csvFile[R any] struct {
	out     *outputFile
	encoder *csvEncoder[R]
	lines   []byte // scratch
}

// newCSVFile makes the file with its mark, if any, and its header.
func newCSVFile[R any](g *generation, path, mark string, encoder *csvEncoder[R]) (*csvFile[R], error) {
	out, err := g.create(path)
	if err != nil {
		return nil, err
	}
	_, err = out.Write(encoder.appendHeader([]byte(mark)))
	return &csvFile[R]{out: out, encoder: encoder}, err
}

func (f *csvFile[R]) write(rows []R) error {
	f.out.Rows += int64(len(rows))
	f.lines = f.lines[:0]
	for i := range rows {
		f.lines = f.encoder.appendRow(f.lines, &rows[i])
		if len(f.lines) >= outputBuffer || i == len(rows)-1 {
			if _, err := f.out.Write(f.lines); err != nil {
				return err
			}
			f.lines = f.lines[:0]
		}
	}
	f.encoder.forget()
	return nil
}
