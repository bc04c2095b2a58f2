// Package export is the dataset on disk. A Store keeps one file a document, the
// batches; Publish turns the set of batches into CSV, Parquet and their
// descriptors. Publish is a pure function: the same batches give the same bytes,
// whatever the order they came in, the number of workers or the day.
//
// Publish makes a generation of files (generation.go) beside the one on show; it takes
// the other's place at once, so that a reader finds the earlier dataset or the new
// one, whole, whenever the program is stopped or killed.
//
// Each dataset is one list of columns in datasets.go. The CSV writer, the Parquet
// writer, the Table Schema and the data dictionary all walk that list, so they
// cannot disagree.
package export
