package export

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
)

func TestExcelTexts(t *testing.T) {
	long := strings.Repeat("9", 300)
	for text, want := range map[string]string{
		"": "", "科学技术支出": "科学技术支出", "2060702": `="2060702"`, "0102": `="0102"`, "1-2": `="1-2"`, "89.80": `="89.80"`, "12e5": `="12e5"`,
		"10%": `="10%"`, "=1+1": `="=1+1"`, `=HYPERLINK("x")`: `="=HYPERLINK(""x"")"`, "+86": `="+86"`, "-": `="-"`, "@SUM(1)": `="@SUM(1)"`,
		"\tx": "=\"\tx\"", "2021年": "2021年", "e": "e", "=a\nb": "'=a\nb", long: "'" + long,
	} {
		if got := excelText(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// sheetCell is a cell of a flat OpenDocument sheet.
type sheetCell struct {
	Repeated int      `xml:"number-columns-repeated,attr"`
	Type     string   `xml:"value-type,attr"`
	Value    string   `xml:"value,attr"`
	Lines    []string `xml:"p"`
	Formula  string   `xml:"string-value,attr"`
}

// openInSpreadsheet lets LibreOffice open a CSV file as it does for people, and
// gives the kind and value of each cell.
func openInSpreadsheet(t *testing.T, file string) [][]string {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is needed to open a spreadsheet; install libreoffice-calc")
	}
	folder := t.TempDir()
	command := exec.Command("soffice", "--headless", "-env:UserInstallation=file://"+folder+"/profile",
		"--infilter=CSV:44,34,76", // commas, quotes, UTF-8: what the import dialog proposes; without a screen the byte order mark is not looked at
		"--convert-to", "fods", "--outdir", folder, file)
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, output)
	}
	content, err := os.ReadFile(filepath.Join(folder, strings.TrimSuffix(filepath.Base(file), ".csv")+".fods"))
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Rows []struct {
			Cells []sheetCell `xml:"table-cell"`
		} `xml:"body>spreadsheet>table>table-row"`
	}
	if err := xml.Unmarshal(content, &document); err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for _, row := range document.Rows {
		var values []string
		for _, cell := range row.Cells {
			value := cell.Type + " " + strings.Join(cell.Lines, "\n")
			switch {
			case cell.Type == "float":
				value = "float " + cell.Value
			case cell.Formula != "":
				value = "string " + cell.Formula
			}
			values = append(values, slices.Repeat([]string{value}, max(1, min(cell.Repeated, 100)))...)
		}
		rows = append(rows, values)
	}
	return rows
}

// A spreadsheet shows codes and printed amounts as the texts they are, amounts as
// numbers, and runs nothing.
func TestSpreadsheetShowsTextAndNumbers(t *testing.T) {
	batch := syntheticBatch(1, 10)
	batch.Lines = batch.Lines[:3]
	for i, name := range []string{`=HYPERLINK("http://x/","公开")`, "@SUM(1,2)", "1-2"} {
		batch.Lines[i].Name, batch.Lines[i].Code, batch.Lines[i].AgencyCode = name, fmt.Sprintf("0%d", 2060702+i), "012"
		batch.Lines[i].AmountRaw, batch.Lines[i].ValueState = fmt.Sprintf("-%d.50", i), "number"
		batch.Lines[i].AmountCNY = decimal.NewNullDecimal(decimal.New(int64(-10*i-5), 3))
	}
	store, dataset := storeOf(t, batch)
	publish(t, store, dataset, PublishOptions{Excel: true})
	rows := openInSpreadsheet(t, filepath.Join(dataset, "csv-excel", "budget_lines.csv"))
	if len(rows) < 4 {
		t.Fatalf("%d rows", len(rows))
	}
	for column, want := range map[string][]string{
		"code":        {"string 02060702", "string 02060703", "string 02060704"},
		"agency_code": {"string 012", "string 012", "string 012"},
		"name":        {`string =HYPERLINK("http://x/","公开")`, "string @SUM(1,2)", "string 1-2"},
		"amount_raw":  {"string -0.50", "string -1.50", "string -2.50"},
		"amount_cny":  {"float -5000", "float -15000", "float -25000"},
		"fiscal_year": {"float 2021", "float 2021", "float 2021"},
		"agency_name": slices.Repeat([]string{"string 秦皇岛市科学技术协会"}, 3),
	} {
		place := slices.Index(rows[0], "string "+column)
		if place < 0 {
			t.Fatalf("no column %s in %v", column, rows[0])
		}
		got := []string{rows[1][place], rows[2][place], rows[3][place]}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +shown\n%s", column, diff)
		}
	}
	// the plain file holds the bare texts
	if got := fieldOf(t, published(t, dataset)["csv/budget_lines.csv"], "code", 0); got != "02060702" {
		t.Errorf("csv/: code %q", got)
	}
}
