package export

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongkai/normalize"
)

// PartitionColumns are the columns that Parquet files can be split by, in the order
// of the folders.
func PartitionColumns() []string { return []string{"fiscal_year", "admin_division"} }

// unknownPartition stands for a missing value in the name of a folder.
const unknownPartition = "unknown"

// checkPartition refuses columns that are not the first of PartitionColumns.
func checkPartition(columns []string) error {
	known := PartitionColumns()
	if len(columns) > len(known) || !slices.Equal(columns, known[:len(columns)]) {
		return fmt.Errorf("no partition by %s; there are %s and %s", strings.Join(columns, ","), known[0], strings.Join(known, ","))
	}
	return nil
}

// isPartitioned tells whether the dataset has all columns it is to be split by.
func (d *Dataset) isPartitioned(columns []string) bool {
	if len(columns) == 0 {
		return false
	}
	for _, name := range columns {
		if !slices.ContainsFunc(d.Columns, func(c Column) bool { return c.Name == name }) {
			return false
		}
	}
	return true
}

// partition is the fiscal year and the division of documents; the division is
// empty when the dataset is not split by it.
type partition struct {
	year     int
	division string
}

// partitions are the documents of each partition, in order of document.
type partitions map[partition][]string

func (p *partitions) add(document *normalize.Document, columns []string) {
	if *p == nil {
		*p = make(partitions)
	}
	key := partition{year: document.FiscalYear}
	if len(columns) > 1 {
		key.division = strings.Clone(document.AdminDivision)
	}
	(*p)[key] = append((*p)[key], strings.Clone(document.ID)) // a copy: the id itself would keep its batch in memory
}

// sorted gives the partitions in the order of their folders; a dataset without
// documents has an empty one, for every dataset has a file.
func (p partitions) sorted() []partition {
	if len(p) == 0 {
		return []partition{{}}
	}
	all := PartitionColumns()
	return slices.SortedFunc(maps.Keys(p), func(a, b partition) int { return strings.Compare(a.folder(all), b.folder(all)) })
}

// folder is the path of the partition, such as fiscal_year=2021/admin_division=130300.
func (p partition) folder(columns []string) string {
	year, division := unknownPartition, unknownPartition
	if p.year != 0 {
		year = strconv.Itoa(p.year)
	}
	if p.division != "" {
		division = url.PathEscape(p.division)
	}
	values := [...]string{year, division}
	var folders []string
	for i, column := range columns {
		folders = append(folders, column+"="+values[i])
	}
	return strings.Join(folders, "/")
}

// writePartitions goes through the documents once more, partition by partition, so
// that one file of each dataset is open at a time.
func (p *publisher) writePartitions(ctx context.Context, all []dataset) error {
	if len(p.options.Partition) == 0 {
		return nil
	}
	for _, partition := range p.partitions.sorted() {
		for i, publication := range p.publications {
			if d := all[i].describe(); d.isPartitioned(p.options.Partition) {
				path := parquetFormat + "/" + d.Name + "/" + partition.folder(p.options.Partition) + "/part-0." + parquetFormat
				if err := publication.openParquet(path); err != nil {
					return err
				}
			}
		}
		for batch, err := range p.store.documents(p.partitions[partition]) {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if err != nil {
				return err
			}
			for _, publication := range p.publications {
				publication.take(batch)
				if err := publication.writeParquet(); err != nil {
					return err
				}
			}
		}
		if err := p.each(publication.closeParquet); err != nil {
			return err
		}
	}
	return nil
}
