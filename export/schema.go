package export

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
)

const (
	// SchemaVersion is the version of the datasets' columns. Columns that are added
	// raise the minor number; anything else raises the major one.
	SchemaVersion = "1.0.0"

	programName      = "gongkai"
	packageName      = "fiscal-disclosures"
	tableSchemaURL   = "https://datapackage.org/profiles/2.0/tableschema.json"
	dataPackageURL   = "https://datapackage.org/profiles/2.0/datapackage.json"
	schemaFolder     = "schemas"
	descriptorFile   = "datapackage.json"
	dictionaryFile   = "README.md"
	descriptorIndent = "  "
)

// Schemas describes every dataset, in the order of publication.
func Schemas() []Dataset {
	var all []Dataset
	for _, d := range datasets() {
		all = append(all, *d.describe())
	}
	return all
}

// SchemaJSON is the Table Schema (version 2) of a dataset. The error names the
// datasets there are when this is none of them.
func SchemaJSON(name string) ([]byte, error) {
	var names []string
	for _, d := range Schemas() {
		if d.Name == name {
			return d.tableSchema()
		}
		names = append(names, d.Name)
	}
	return nil, fmt.Errorf("no dataset %q; there are %s", name, strings.Join(names, ", "))
}

// The types below are the parts of Table Schema that are used here.

type schemaFile struct {
	Schema        string             `json:"$schema"`
	Name          string             `json:"name"`
	Title         string             `json:"title"`
	Description   string             `json:"description"`
	Version       string             `json:"version"`
	Fields        []schemaField      `json:"fields"`
	FieldsMatch   string             `json:"fieldsMatch"`
	MissingValues []string           `json:"missingValues"`
	PrimaryKey    []string           `json:"primaryKey"`
	ForeignKeys   []schemaForeignKey `json:"foreignKeys,omitempty"`
}

type schemaField struct {
	Name        string             `json:"name"`
	Type        string             `json:"type"`
	Title       string             `json:"title"`
	Description string             `json:"description"`
	Constraints *schemaConstraints `json:"constraints,omitempty"`
	Categories  []Category         `json:"categories,omitempty"`
	ColumnType  string             `json:"columnType,omitempty"`
	ParquetType string             `json:"parquet:type,omitempty"`
	MoFName     string             `json:"mof:name,omitempty"`
}

type schemaConstraints struct {
	Required bool        `json:"required,omitempty"`
	Unique   bool        `json:"unique,omitempty"`
	Pattern  string      `json:"pattern,omitempty"`
	Minimum  json.Number `json:"minimum,omitempty"`
	Enum     []string    `json:"enum,omitempty"`
}

type schemaForeignKey struct {
	Fields    []string        `json:"fields"`
	Reference schemaReference `json:"reference"`
}

type schemaReference struct {
	Resource string   `json:"resource"`
	Fields   []string `json:"fields"`
}

func (d *Dataset) tableSchema() ([]byte, error) {
	file := schemaFile{
		Schema: tableSchemaURL, Name: d.Name, Title: d.Title, Description: d.Description, Version: SchemaVersion,
		FieldsMatch: "equal", MissingValues: []string{""}, PrimaryKey: d.PrimaryKey,
	}
	for i := range d.Columns {
		file.Fields = append(file.Fields, d.Columns[i].field())
	}
	for _, key := range d.ForeignKeys {
		file.ForeignKeys = append(file.ForeignKeys, schemaForeignKey{
			Fields:    []string{key.Column},
			Reference: schemaReference{Resource: key.Dataset, Fields: []string{cmp.Or(key.Reference, key.Column)}},
		})
	}
	return descriptorJSON(file)
}

func (c *Column) field() schemaField {
	field := schemaField{
		Name: c.Name, Type: c.schemaType(), Title: c.Title, Description: c.Description,
		Categories: c.Categories, ColumnType: c.ColumnType, MoFName: c.MoFName,
	}
	if c.Kind == Decimal {
		field.ParquetType = fmt.Sprintf("DECIMAL(%d,%d)", c.Precision, c.Scale)
	}
	constraints := schemaConstraints{Required: c.Required, Unique: c.Unique, Minimum: json.Number(c.Minimum)}
	if c.Pattern != "" {
		constraints.Pattern = "^" + c.Pattern + "$"
	}
	for _, category := range c.Categories {
		constraints.Enum = append(constraints.Enum, category.Value)
	}
	if constraints.Required || constraints.Unique || constraints.Minimum != "" || constraints.Pattern != "" || constraints.Enum != nil {
		field.Constraints = &constraints
	}
	return field
}

func (c *Column) schemaType() string {
	switch c.Kind {
	case Integer:
		return "integer"
	case Boolean:
		return "boolean"
	case Number, Decimal:
		return "number"
	case TextList, IntegerList, BoxList:
		return "array"
	}
	return "string"
}

// descriptorJSON is v as people read it: indented, with <, > and & as they are.
func descriptorJSON(v any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", descriptorIndent)
	err := encoder.Encode(v)
	return out.Bytes(), err
}

// dataPackage is the part of Data Package (version 2) that is used here. There is
// no time in it: the same batches give the same descriptor.
type dataPackage struct {
	Schema      string     `json:"$schema"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Version     string     `json:"version"`
	Keywords    []string   `json:"keywords"`
	Resources   []resource `json:"resources"`
}

type resource struct {
	Name        string      `json:"name"`
	Type        string      `json:"type"`
	Path        string      `json:"path"`
	Title       string      `json:"title"`
	Description string      `json:"description"`
	Format      string      `json:"format"`
	MediaType   string      `json:"mediatype"`
	Encoding    string      `json:"encoding,omitempty"`
	Bytes       int64       `json:"bytes"`
	Hash        string      `json:"hash"`
	Dialect     *csvDialect `json:"dialect,omitempty"`
	Schema      string      `json:"schema"`
}

type csvDialect struct {
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
	Header         bool   `json:"header"`
}

const (
	packageTitle       = "Fiscal disclosures as data"
	packageDescription = "Tables, cells and budget lines of published budgets and final accounts, each number with the place it was printed at."
)

func newDataPackage() dataPackage {
	return dataPackage{
		Schema: dataPackageURL, Name: packageName, Title: packageTitle, Description: packageDescription, Version: SchemaVersion,
		Keywords: []string{"budget", "final accounts", "fiscal transparency", "China", "预算公开", "决算公开"},
	}
}

func newResource(dataset *Dataset, file *File, format string) resource {
	r := resource{
		Name: dataset.Name, Type: "table", Path: file.Path, Title: dataset.Title, Description: dataset.Description,
		Format: format, Bytes: file.Bytes, Hash: "sha256:" + file.SHA256, Schema: schemaFolder + "/" + dataset.Name + ".json",
	}
	switch format {
	case csvFormat:
		r.MediaType, r.Encoding = "text/csv", "utf-8"
		r.Dialect = &csvDialect{Delimiter: ",", LineTerminator: "\n", QuoteChar: `"`, DoubleQuote: true, Header: true}
	case parquetFormat:
		r.Name += "-" + parquetFormat // names are unique; the schemas refer to the CSV resource
		r.MediaType = "application/vnd.apache.parquet"
	}
	return r
}

// dictionary is the README of a dataset folder: what each column means.
func dictionary() []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "# %s\n\n%s\n\n", packageTitle, packageDescription)
	fmt.Fprintf(&out, "Schema version %s. Every dataset is there twice, as `csv/NAME.csv` (UTF-8, lists as JSON, nothing for a missing value)\n"+
		"and as `parquet/NAME.parquet` (lists as LIST, null for a missing value), with the same columns in the same order.\n"+
		"`%s` and `%s/` describe them for programs. A missing value is never 0.\n", SchemaVersion, descriptorFile, schemaFolder)
	for _, d := range Schemas() {
		fmt.Fprintf(&out, "\n## %s\n\n%s Key: `%s`.\n\n| column | type | meaning |\n|---|---|---|\n", d.Name, d.Description, strings.Join(d.PrimaryKey, "`, `"))
		for i := range d.Columns {
			c := &d.Columns[i]
			fmt.Fprintf(&out, "| `%s` | %s | %s |\n", c.Name, c.typeInWords(), strings.ReplaceAll(c.meaning(), "|", `\|`))
		}
	}
	return out.Bytes()
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
