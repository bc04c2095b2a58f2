package export

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// tableSchema is the part of Table Schema that the tests look at.
type tableSchema struct {
	Schema        string `json:"$schema"`
	FieldsMatch   string
	MissingValues []string
	PrimaryKey    []string
	ForeignKeys   []struct {
		Fields    []string
		Reference struct {
			Resource string
			Fields   []string
		}
	}
	Fields []struct {
		Name, Type, Title, Description string
		Constraints                    struct {
			Required bool
			Pattern  string
			Enum     []string
		}
		ColumnType string
		MoF        string `json:"mof:name"`
	}
}

func readSchemas(t *testing.T) map[string]tableSchema {
	t.Helper()
	schemas := make(map[string]tableSchema)
	for _, d := range Schemas() {
		data, err := SchemaJSON(d.Name)
		if err != nil {
			t.Fatal(err)
		}
		var schema tableSchema
		if err := json.Unmarshal(data, &schema); err != nil {
			t.Fatal(err)
		}
		schemas[d.Name] = schema
	}
	return schemas
}

func (s *tableSchema) index(name string) int {
	for i := range s.Fields {
		if s.Fields[i].Name == name {
			return i
		}
	}
	return -1
}

func TestSchemasAreConsistent(t *testing.T) {
	types := []string{"string", "integer", "number", "boolean", "array"}
	schemas := readSchemas(t)
	for name, schema := range schemas {
		if schema.Schema == "" || schema.FieldsMatch != "equal" || !slices.Equal(schema.MissingValues, []string{""}) {
			t.Errorf("%s: $schema %q, fieldsMatch %q, missingValues %q", name, schema.Schema, schema.FieldsMatch, schema.MissingValues)
		}
		seen := make(map[string]bool)
		for _, field := range schema.Fields {
			if seen[field.Name] || field.Title == "" || field.Description == "" || !slices.Contains(types, field.Type) {
				t.Errorf("%s.%s: twice, or without title, description or a type of Table Schema", name, field.Name)
			}
			seen[field.Name] = true
			if _, err := regexp.Compile(field.Constraints.Pattern); err != nil {
				t.Errorf("%s.%s: %v", name, field.Name, err)
			}
		}
		for _, key := range schema.PrimaryKey {
			if i := schema.index(key); i < 0 || !schema.Fields[i].Constraints.Required {
				t.Errorf("%s: primary key %s is no required field", name, key)
			}
		}
		for _, key := range schema.ForeignKeys {
			other, there := schemas[key.Reference.Resource]
			if !there || schema.index(key.Fields[0]) < 0 || !slices.Equal(other.PrimaryKey, key.Reference.Fields) {
				t.Errorf("%s: foreign key %v", name, key)
			}
		}
	}
}

func TestSchemaAnnotations(t *testing.T) {
	lines := readSchemas(t)["budget_lines"]
	for name, want := range map[string]struct{ columnType, mof string }{
		"fiscal_year":    {"date:fiscal-year", "fiscal_year"},
		"amount_cny":     {"value", ""},
		"func_code":      {"", "exp_func_code"},
		"func_code_l2":   {"functional-classification:generic:level2:code", ""},
		"econ_code":      {"", "dep_bgt_eco_code"},
		"agency_code":    {"administrative-classification:generic:level1:code", "agency_code"},
		"admin_division": {"geo:source:code", "mof_div_code"},
		"line_id":        {"budget-line-id", ""},
		"currency":       {"value-currency:code", ""},
	} {
		i := lines.index(name)
		if i < 0 || lines.Fields[i].ColumnType != want.columnType || lines.Fields[i].MoF != want.mof {
			t.Errorf("%s: want %v", name, want)
		}
	}
}

// Every value of the synthetic batches obeys its column's constraints.
func TestPublishedValuesObeyTheSchema(t *testing.T) {
	store, dataset := storeOf(t, testBatches()...)
	publish(t, store, dataset, PublishOptions{})
	files := published(t, dataset)
	for name, schema := range readSchemas(t) {
		_, rows := readCSV(t, files["csv/"+name+".csv"])
		for i, field := range schema.Fields {
			pattern := regexp.MustCompile(field.Constraints.Pattern)
			for _, row := range rows {
				value := row[i]
				switch {
				case value == "" && field.Constraints.Required:
					t.Fatalf("%s.%s is missing", name, field.Name)
				case value == "":
				case !pattern.MatchString(value):
					t.Fatalf("%s.%s: %q does not match %s", name, field.Name, value, pattern)
				case field.Constraints.Enum != nil && !slices.Contains(field.Constraints.Enum, value):
					t.Fatalf("%s.%s: %q is none of %q", name, field.Name, value, field.Constraints.Enum)
				}
			}
		}
	}
}

func TestUnknownSchema(t *testing.T) {
	if _, err := SchemaJSON("lines"); err == nil || !strings.Contains(err.Error(), "budget_lines") {
		t.Errorf("got %v", err)
	}
}

func TestDictionaryNamesEveryColumn(t *testing.T) {
	store, dataset := storeOf(t, syntheticBatch(1, 5))
	publish(t, store, dataset, PublishOptions{})
	text := published(t, dataset)["README.md"]
	for _, d := range Schemas() {
		_, section, found := strings.Cut(text, "\n## "+d.Name+"\n")
		if !found {
			t.Fatalf("no section for %s", d.Name)
		}
		section, _, _ = strings.Cut(section, "\n## ")
		for _, c := range d.Columns {
			if !strings.Contains(section, "| `"+c.Name+"` | ") {
				t.Errorf("%s.%s is not explained", d.Name, c.Name)
			}
		}
	}
}
