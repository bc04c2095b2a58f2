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
	PrimaryKey    []string           `json:"primaryKey,omitempty"`
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
// no time in it, so no "created": the same batches give the same descriptor.
type dataPackage struct {
	Schema      string           `json:"$schema"`
	Name        string           `json:"name"`
	ID          string           `json:"id"` // the same for the same batches
	Title       string           `json:"title"`
	Description string           `json:"description"`
	Version     string           `json:"version"`
	Licenses    []packageLicense `json:"licenses,omitempty"`
	Sources     []packageSource  `json:"sources"`
	Keywords    []string         `json:"keywords"`
	Resources   []resource       `json:"resources"`
}

// packageLicense has a name of the Open Definition, or an address.
type packageLicense struct {
	Name string `json:"name,omitempty"`
	Path string `json:"path,omitempty"`
}

type packageSource struct {
	Title string `json:"title"`
	Path  string `json:"path"`
}

type resource struct {
	Name        string      `json:"name"`
	Type        string      `json:"type,omitempty"`
	Path        paths       `json:"path"`
	Title       string      `json:"title"`
	Description string      `json:"description"`
	Format      string      `json:"format"`
	MediaType   string      `json:"mediatype"`
	Encoding    string      `json:"encoding,omitempty"`
	Bytes       int64       `json:"bytes"` // of all files
	Hash        string      `json:"hash,omitempty"`
	Dialect     *csvDialect `json:"dialect,omitempty"`
	Schema      string      `json:"schema,omitempty"`
	// Parts has the size and hash of each file, where there are several.
	Parts []part `json:"gongkai:parts,omitempty"`
}

type part struct {
	Path  string `json:"path"`
	Bytes int64  `json:"bytes"`
	Hash  string `json:"hash"`
}

// paths is one path or a list of them.
type paths []string

func (p paths) MarshalJSON() ([]byte, error) {
	if len(p) == 1 {
		return json.Marshal(p[0])
	}
	return json.Marshal([]string(p))
}

func (p *paths) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '[' {
		return json.Unmarshal(data, (*[]string)(p))
	}
	*p = make(paths, 1)
	return json.Unmarshal(data, &(*p)[0])
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

// newDataPackage is the descriptor without its resources; digest is the store's.
func newDataPackage(license, digest string) dataPackage {
	descriptor := dataPackage{
		Schema: dataPackageURL, Name: packageName, ID: "urn:sha256:" + digest, Title: packageTitle, Description: packageDescription, Version: SchemaVersion,
		Sources:  []packageSource{{"Published documents, listed one by one", csvFormat + "/sources." + csvFormat}},
		Keywords: []string{"budget", "final accounts", "fiscal transparency", "China", "预算公开", "决算公开"},
	}
	switch {
	case license == "":
	case strings.Contains(license, "://"):
		descriptor.Licenses = []packageLicense{{Path: license}}
	default:
		descriptor.Licenses = []packageLicense{{Name: license}}
	}
	return descriptor
}

const csvMediaType = "text/csv"

func newResource(name string, file *File, format, mediaType, title, description string) resource {
	return resource{Name: name, Path: paths{file.Path}, Title: title, Description: description,
		Format: format, MediaType: mediaType, Bytes: file.Bytes, Hash: hashOf(file)}
}

func hashOf(file *File) string { return "sha256:" + file.SHA256 }

func schemaPath(dataset *Dataset) string { return schemaFolder + "/" + dataset.Name + ".json" }

func newCSVDialect() *csvDialect {
	return &csvDialect{Delimiter: ",", LineTerminator: "\n", QuoteChar: `"`, DoubleQuote: true, Header: true}
}

func csvResource(dataset *Dataset, file *File) resource {
	r := newResource(dataset.Name, file, csvFormat, csvMediaType, dataset.Title, dataset.Description)
	r.Type, r.Encoding, r.Dialect, r.Schema = "table", "utf-8", newCSVDialect(), schemaPath(dataset)
	return r
}

// excelResource has no schema: its texts are dressed for spreadsheets.
func excelResource(dataset *Dataset, file *File) resource {
	r := newResource(dataset.Name+"-excel", file, csvFormat, csvMediaType, dataset.Title+", for spreadsheets", dataset.Description)
	r.Encoding, r.Dialect = "utf-8", newCSVDialect()
	return r
}

// parquetResource describes one file or many. Names are unique; the schemas refer
// to the CSV resource.
func parquetResource(dataset *Dataset, files []*outputFile) resource {
	r := newResource(dataset.Name+"-"+parquetFormat, &files[0].File, parquetFormat, "application/vnd.apache.parquet", dataset.Title, dataset.Description)
	r.Type, r.Schema = "table", schemaPath(dataset)
	if len(files) == 1 {
		return r
	}
	r.Path, r.Bytes, r.Hash = nil, 0, ""
	for _, file := range files {
		r.Path = append(r.Path, file.Path)
		r.Bytes += file.Bytes
		r.Parts = append(r.Parts, part{file.Path, file.Bytes, hashOf(&file.File)})
	}
	return r
}

// changesResource is the list of documents that look published again.
func changesResource(file *File) resource {
	return newResource("changes", file, jsonlFormat, "application/jsonl", "Documents published again",
		"Pairs of documents of one agency, year and kind with the same statements and other bytes, and the lines that differ.")
}
