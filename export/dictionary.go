package export

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"gongkai/normalize"
)

// origins counts the sources by the host, archive or folder they came from.
type origins map[string]int

func (o *origins) add(batch *normalize.Batch) {
	if *o == nil {
		*o = make(origins)
	}
	for i := range batch.Sources {
		(*o)[originOf(&batch.Sources[i])]++
	}
}

// originOf is the host of an address, the archive of a member, or the first folder
// of a path.
func originOf(s *normalize.Source) string {
	if address, err := url.Parse(s.Path); err == nil && address.Host != "" {
		return strings.Clone(address.Host)
	}
	if s.Member != "" {
		return strings.Clone(strings.TrimRight(strings.TrimSuffix(s.Path, s.Member), "!/"))
	}
	folder, _, nested := strings.Cut(s.Path, "/")
	if !nested {
		return "."
	}
	return strings.Clone(folder)
}

// listedOrigins is how many origins the README names.
const listedOrigins = 40

// dictionary is the README of a dataset folder: what is in it, where it came from,
// and what each column means.
func (p *publisher) dictionary() []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "# %s\n\n%s\n\n", packageTitle, packageDescription)
	fmt.Fprintf(&out, "Schema version %s. Every dataset is there twice, as `csv/NAME.csv` (UTF-8, lists as JSON, nothing for a missing value)\n"+
		"and as Parquet (lists as LIST, null for a missing value), with the same columns in the same order.\n"+
		"`%s` and `%s/` describe them for programs. A missing value is never 0. `%s` lists documents\n"+
		"that look published again, with the lines that differ.\n", SchemaVersion, descriptorFile, schemaFolder, changesFile)
	if len(p.options.Partition) > 0 {
		fmt.Fprintf(&out, "\nParquet files of datasets with the columns %s lie in folders named for their values, `%s` where there is none;\n"+
			"the columns are inside the files too.\n", strings.Join(p.options.Partition, " and "), unknownPartition)
	}
	if p.options.Excel {
		fmt.Fprintf(&out, "\n`%s/` holds the same rows for spreadsheets: codes and other texts that look like numbers or formulas are kept as text.\n", excelFolder)
	}
	p.describeContents(&out)
	p.describeOrigins(&out)
	fmt.Fprintf(&out, "\n## Licence\n\n%s\n", licenceInWords(p.options.License))
	describeColumns(&out)
	return out.Bytes()
}

// describeContents tells how much there is of everything.
func (p *publisher) describeContents(out *bytes.Buffer) {
	documents := 0
	for _, n := range p.summary.Documents {
		documents += n
	}
	fmt.Fprintf(out, "\n## Contents\n\n%d documents of %d pages", documents, p.summary.Pages)
	for i, status := range slices.Sorted(maps.Keys(p.summary.Documents)) {
		separator := ", "
		if i == 0 {
			separator = ": "
		}
		fmt.Fprintf(out, "%s%d %s", separator, p.summary.Documents[status], status)
	}
	out.WriteString(".\n\n| dataset | rows |\n|---|---|\n")
	for _, file := range p.generation.files {
		if name, isCSV := strings.CutPrefix(file.Path, csvFormat+"/"); isCSV {
			fmt.Fprintf(out, "| %s | %d |\n", strings.TrimSuffix(name, "."+csvFormat), file.Rows)
		}
	}
}

func (p *publisher) describeOrigins(out *bytes.Buffer) {
	total := 0
	for _, n := range p.origins {
		total += n
	}
	fmt.Fprintf(out, "\n## Sources\n\n%d places, each with its document in the dataset `sources`. They are the publications of the bodies named\n"+
		"in `documents`; amounts and words are theirs.\n\n| from | files |\n|---|---|\n", total)
	names := slices.SortedFunc(maps.Keys(p.origins), func(a, b string) int {
		return cmp.Or(cmp.Compare(p.origins[b], p.origins[a]), strings.Compare(a, b))
	})
	for i, name := range names {
		if i == listedOrigins {
			fmt.Fprintf(out, "| %d more | |\n", len(names)-i)
			break
		}
		fmt.Fprintf(out, "| %s | %d |\n", tableText(name), p.origins[name])
	}
}

func licenceInWords(licence string) string {
	if licence == "" {
		return "None is stated for this dataset."
	}
	return licence
}

func describeColumns(out *bytes.Buffer) {
	for _, d := range Schemas() {
		fmt.Fprintf(out, "\n## %s\n\n%s", d.Name, d.Description)
		if len(d.PrimaryKey) > 0 {
			fmt.Fprintf(out, " Key: `%s`.", strings.Join(d.PrimaryKey, "`, `"))
		}
		out.WriteString("\n\n| column | type | meaning |\n|---|---|---|\n")
		for i := range d.Columns {
			c := &d.Columns[i]
			fmt.Fprintf(out, "| `%s` | %s | %s |\n", c.Name, c.typeInWords(), tableText(c.meaning()))
		}
	}
}

// tableText keeps a text in its cell of a Markdown table.
func tableText(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "\r", " ").Replace(text)
}

func (c *Column) typeInWords() string {
	switch c.Kind {
	case Decimal:
		return fmt.Sprintf("decimal(%d,%d)", c.Precision, c.Scale)
	case TextList:
		return "list of strings"
	case IntegerList:
		return "list of integers"
	case BoxList:
		return "list of rectangles"
	}
	return c.schemaType()
}

func (c *Column) meaning() string {
	if len(c.Categories) == 0 {
		return c.Description
	}
	values := make([]string, len(c.Categories))
	for i, category := range c.Categories {
		values[i] = "`" + category.Value + "` " + category.Label
	}
	return c.Description + ": " + strings.Join(values, "; ")
}
