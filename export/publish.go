package export

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"gongkai/normalize"
	"gongkai/normalize/check"
)

// PublishOptions change how the files are written, never which rows they hold.
type PublishOptions struct {
	CSVBOM bool // begin CSV files with a byte order mark, for Excel
	Excel  bool // write csv-excel/ beside csv/, for people who open files in a spreadsheet
	// Partition splits the Parquet files of datasets that have these columns into
	// folders of Hive's kind. It is a beginning of PartitionColumns, or empty.
	Partition []string
	License   string // of the dataset: a name such as CC-BY-4.0, or an address; empty: none is stated
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
	open(*generation, PublishOptions) (publication, error)
}

// publication is a dataset being written.
type publication interface {
	take(batch *normalize.Batch) // the rows that are written next
	endOrder() error             // the rows that follow are not in the order of those before
	comparing() bool             // rows that come from comparing documents belong to it
	writeCSV() error
	writeParquet() error // to the open file, if there is one
	openParquet(path string) error
	closeParquet() error
	finish() error // close the CSV files
	resources() []resource
}

func datasets() []dataset {
	return []dataset{documentsTable(), sourcesTable(), tablesTable(), cellsTable(), linesTable(), leavesTable(), findingsTable(),
		procurementTable(), assetsTable(), institutionsTable(), indicatorsTable(), sectionsTable(), textAmountsTable(), termsTable(), ruleOutcomesTable(),
		wideTable(), codeListsTable(), crosswalksTable()}
}

// Publish writes the datasets of all batches in the store: CSV and Parquet files,
// their schemas, a data dictionary, and datapackage.json. It is a pure function of
// the batches. Memory is bounded by one batch, one row group of each dataset, and
// some hundred bytes for each document. The files of the publication before stay on
// show until the new ones are whole, and give way to them at once; a failure leaves
// them as they were. When nothing has changed since, nothing is written. Errors are
// the context's or *OutputError.
func Publish(ctx context.Context, store *Store, folder string, options PublishOptions) (Summary, error) {
	if err := checkPartition(options.Partition); err != nil {
		return Summary{}, err
	}
	digest, err := store.digest()
	if err != nil {
		return Summary{}, err
	}
	record := newPublicationRecord(folder, digest, options)
	if summary, same := record.unchanged(); same {
		return summary, nil
	}
	generation, err := newGeneration(folder)
	if err != nil {
		return Summary{}, err
	}
	defer generation.discard()
	p := publisher{store: store, generation: generation, options: options, digest: digest, summary: Summary{Documents: make(map[string]int)}}
	if err := p.publish(ctx); err != nil {
		return Summary{}, err
	}
	if err := generation.show(); err != nil {
		return Summary{}, err
	}
	for _, file := range generation.files {
		p.summary.Files = append(p.summary.Files, file.File)
	}
	return p.summary, record.keep(p.summary)
}

type publisher struct {
	store        *Store
	generation   *generation
	options      PublishOptions
	digest       string
	publications []publication
	partitions   partitions
	republished  republications
	partners     check.Partners
	origins      origins
	summary      Summary
}

// publish makes all files of the generation.
func (p *publisher) publish(ctx context.Context) error {
	all := datasets()
	for _, dataset := range all {
		publication, err := dataset.open(p.generation, p.options)
		if err != nil {
			return err
		}
		p.publications = append(p.publications, publication)
	}
	for batch, err := range p.store.inTurn() {
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case errors.Is(err, ErrNoBatch):
			p.summary.Unusable = append(p.summary.Unusable, err)
			continue
		case err != nil:
			return err
		}
		p.note(batch)
		if err := p.write(batch); err != nil {
			return err
		}
	}
	if err := p.writeComparisons(ctx); err != nil {
		return err
	}
	if err := p.finish(); err != nil {
		return err
	}
	if err := p.writePartitions(ctx, all); err != nil {
		return err
	}
	changes, err := p.writeChanges(ctx)
	if err != nil {
		return err
	}
	return p.describe(all, changes)
}

// note takes from a batch what concerns the dataset as a whole.
func (p *publisher) note(batch *normalize.Batch) {
	p.summary.count(batch)
	p.origins.add(batch)
	p.republished.add(batch)
	p.partners.Add(batch)
	if p.options.Partition != nil {
		p.partitions.add(&batch.Document, p.options.Partition)
	}
}

// writeComparisons appends what comes from holding documents against each other.
func (p *publisher) writeComparisons(ctx context.Context) error {
	var failed error
	findings, outcomes := check.Across(func(yield func(*check.Summary) bool) {
		for batch, err := range p.store.documents(p.partners.Documents()) {
			if ctx.Err() != nil {
				err = context.Cause(ctx)
			}
			if err != nil {
				failed = err
				return
			}
			if !yield(check.Summarize(batch)) {
				return
			}
		}
	})
	if failed != nil {
		return failed
	}
	compared := &normalize.Batch{Findings: findings, RuleOutcomes: outcomes}
	p.summary.Findings += len(findings)
	for _, publication := range p.publications {
		if !publication.comparing() {
			continue
		}
		if err := publication.endOrder(); err != nil {
			return err
		}
		publication.take(compared)
		if err := publication.writeCSV(); err != nil {
			return err
		}
		if err := publication.writeParquet(); err != nil {
			return err
		}
	}
	return nil
}

// write appends a batch to all files, CSV beside Parquet.
func (p *publisher) write(batch *normalize.Batch) error {
	for _, publication := range p.publications {
		publication.take(batch)
	}
	var both errgroup.Group
	both.Go(func() error { return p.each(publication.writeCSV) })
	both.Go(func() error { return p.each(publication.writeParquet) })
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

// finishAtOnce is how many files wait for the disk at the same time.
const finishAtOnce = 8

// finish closes the files that hold all documents.
func (p *publisher) finish() error {
	var all errgroup.Group
	all.SetLimit(finishAtOnce)
	for _, publication := range p.publications {
		all.Go(publication.finish)
		all.Go(publication.closeParquet)
	}
	return all.Wait()
}

// describe makes the schemas, the dictionary, and last datapackage.json.
func (p *publisher) describe(all []dataset, changes *File) error {
	descriptor := newDataPackage(p.options.License, p.digest)
	for i, publication := range p.publications {
		dataset := all[i].describe()
		descriptor.Resources = append(descriptor.Resources, publication.resources()...)
		schema, err := dataset.tableSchema()
		if err != nil {
			return fmt.Errorf("schema of %s: %w", dataset.Name, err)
		}
		if err := p.generation.write(schemaPath(dataset), schema); err != nil {
			return err
		}
	}
	descriptor.Resources = append(descriptor.Resources, changesResource(changes))
	if err := p.generation.write(dictionaryFile, p.dictionary()); err != nil {
		return err
	}
	last, err := descriptorJSON(descriptor)
	if err != nil {
		return fmt.Errorf("%s: %w", descriptorFile, err)
	}
	return p.generation.write(descriptorFile, last)
}
