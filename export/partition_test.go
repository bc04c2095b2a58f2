package export

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/normalize"
)

// partitionedBatches are of two years, two divisions, and of neither.
func partitionedBatches() []*normalize.Batch {
	var batches []*normalize.Batch
	for number, where := range []struct {
		year     int
		division string
	}{{2021, "130300"}, {2022, "130300"}, {2021, "010000"}, {2021, ""}, {2021, "130300"}} {
		batch := syntheticBatch(number, 40)
		batch.Document.FiscalYear, batch.Document.AdminDivision = where.year, where.division
		for i := range batch.Lines {
			batch.Lines[i].FiscalYear, batch.Lines[i].AdminDivision = where.year, where.division
		}
		batches = append(batches, batch)
	}
	return append(batches, failedBatch(9))
}

// Every row is in the folder of its values, and all folders together hold the rows
// of the CSV file; the CSV file does not change.
func TestPartitionsHoldAllRows(t *testing.T) {
	store, dataset := storeOf(t, partitionedBatches()...)
	publish(t, store, dataset, PublishOptions{})
	plain := published(t, dataset)
	for columns, wantFolders := range map[string][]string{
		"fiscal_year": {"fiscal_year=2021", "fiscal_year=2022", "fiscal_year=unknown"},
		"fiscal_year,admin_division": {"fiscal_year=2021/admin_division=010000", "fiscal_year=2021/admin_division=130300",
			"fiscal_year=2021/admin_division=unknown", "fiscal_year=2022/admin_division=130300", "fiscal_year=unknown/admin_division=unknown"},
	} {
		publish(t, store, dataset, PublishOptions{Partition: strings.Split(columns, ",")})
		files := published(t, dataset)
		for _, d := range Schemas() {
			if d.Name == "budget_wide" || d.Name == "findings" {
				continue // no partition columns; compared elsewhere
			}
			header, want := readCSV(t, files["csv/"+d.Name+".csv"])
			if files["csv/"+d.Name+".csv"] != plain["csv/"+d.Name+".csv"] {
				t.Errorf("%s: the CSV file changes with the partition", d.Name)
			}
			if !slices.Contains([]string{"documents", "budget_lines", "expenditure_leaves"}, d.Name) {
				if files["parquet/"+d.Name+".parquet"] != plain["parquet/"+d.Name+".parquet"] {
					t.Errorf("%s: the Parquet file changes with the partition", d.Name)
				}
				continue
			}
			if files["parquet/"+d.Name+".parquet"] != "" {
				t.Errorf("%s: the file of the publication before is still there", d.Name)
			}
			var folders []string
			var got [][]string
			for _, path := range descriptorPaths(t, files["datapackage.json"], d.Name+"-parquet") {
				folder := strings.TrimSuffix(strings.TrimPrefix(path, "parquet/"+d.Name+"/"), "/part-0.parquet")
				folders = append(folders, folder)
				_, rows := readParquet(t, files[path], d)
				for _, row := range rows {
					if values := hiveFolder(columns, header, row); values != folder {
						t.Errorf("%s: a row of %s in %s", d.Name, values, folder)
					}
				}
				got = append(got, rows...)
			}
			if diff := cmp.Diff(wantFolders, folders); diff != "" {
				t.Errorf("%s: folders, -want +got\n%s", d.Name, diff)
			}
			inOrder := func(a, b []string) int { return slices.Compare(a, b) }
			slices.SortFunc(want, inOrder)
			slices.SortFunc(got, inOrder)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: -CSV +Parquet\n%.2000s", d.Name, diff)
			}
		}
	}
}

// hiveFolder is the folder that a row belongs in.
func hiveFolder(columns string, header, row []string) string {
	var folders []string
	for _, column := range strings.Split(columns, ",") {
		value := row[slices.Index(header, column)]
		if value == "" {
			value = "unknown"
		}
		folders = append(folders, column+"="+value)
	}
	return strings.Join(folders, "/")
}

// descriptorPaths are the files of a resource; its parts name the same ones.
func descriptorPaths(t *testing.T, descriptor, name string) []string {
	t.Helper()
	var parsed struct {
		Resources []struct {
			Name  string
			Bytes int64
			Path  json.RawMessage
			Parts []struct {
				Path  string
				Bytes int64
			} `json:"gongkai:parts"`
		}
	}
	if err := json.Unmarshal([]byte(descriptor), &parsed); err != nil {
		t.Fatal(err)
	}
	for _, resource := range parsed.Resources {
		if resource.Name != name {
			continue
		}
		var paths []string
		if err := json.Unmarshal(resource.Path, &paths); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		bytes := int64(0)
		for i, part := range resource.Parts {
			bytes += part.Bytes
			if part.Path != paths[i] {
				t.Errorf("%s: part %s, path %s", name, part.Path, paths[i])
			}
		}
		if bytes != resource.Bytes || len(paths) != len(resource.Parts) {
			t.Errorf("%s: %d bytes in %d parts, %d bytes in %d paths", name, bytes, len(resource.Parts), resource.Bytes, len(paths))
		}
		return paths
	}
	t.Fatalf("no resource %s", name)
	return nil
}

func TestUnknownPartitions(t *testing.T) {
	store, dataset := storeOf(t, failedBatch(1))
	for _, columns := range [][]string{{"admin_division"}, {"fiscal_year", "page"}, {"fiscal_year", "admin_division", "page"}} {
		if _, err := Publish(t.Context(), store, dataset, PublishOptions{Partition: columns}); err == nil || !strings.Contains(err.Error(), "fiscal_year,admin_division") {
			t.Errorf("%v: %v", columns, err)
		}
	}
}

// A dataset without documents still has its files.
func TestEmptyPartitions(t *testing.T) {
	store, dataset := storeOf(t)
	publish(t, store, dataset, PublishOptions{Partition: PartitionColumns()})
	path := "parquet/budget_lines/fiscal_year=unknown/admin_division=unknown/part-0.parquet"
	files := published(t, dataset)
	if _, rows := readParquet(t, files[path], *linesTable().describe()); len(rows) != 0 {
		t.Errorf("%d rows", len(rows))
	}
	if !strings.Contains(files["datapackage.json"], fmt.Sprintf("%q", path)) {
		t.Error("the descriptor does not name the file")
	}
}
