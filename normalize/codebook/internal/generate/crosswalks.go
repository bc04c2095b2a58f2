package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// crosswalkColumns are those of the packed table, one line for each pair of codes.
var crosswalkColumns = []string{"crosswalk", "from_scheme", "from_edition", "from_code", "from_name",
	"to_scheme", "to_edition", "to_code", "to_name", "condition", "basis", "note", "status", "source", "confidence"}

// crosswalk is one table of pairs and how its columns are called.
type crosswalk struct {
	file   string
	fixed  record                  // values that all its lines share
	copied map[string]string       // column of the packed table → column of the file
	change func(packed, of record) // what else a line needs
}

// Editions as the lists call them.
const (
	modernFunctional = "2019-2025"
	oldFunctional    = "2009"
	cofogEdition     = "1999" // Classification of the Functions of Government, United Nations
)

var crosswalks = []crosswalk{
	{"cofog_proposal.csv",
		record{"crosswalk": "functional_cofog", "from_edition": modernFunctional, "to_scheme": "COFOG", "to_edition": cofogEdition, "basis": "proposal", "confidence": "proposal"},
		map[string]string{"from_scheme": "scheme", "from_code": "code", "to_code": "cofog_division", "condition": "cofog_group", "note": "reason", "status": "status", "source": "source"},
		nil},
	{"economic_gov_dept_map.csv",
		record{"crosswalk": "economic_government_department", "from_scheme": "economic_government", "from_edition": "2018-2025", "to_scheme": "economic_department", "to_edition": "2018-2025", "basis": "published table", "status": "in force"},
		map[string]string{"from_code": "gov_code", "from_name": "gov_name", "to_code": "dept_code", "to_name": "dept_name", "condition": "unit_type", "source": "source", "confidence": "confidence"},
		openClass},
	{"procurement_crosswalk_2013_2022.csv",
		record{"crosswalk": "procurement_2013_2022", "from_scheme": "procurement", "from_edition": "2013", "to_scheme": "procurement", "to_edition": "2022", "source": "names of both catalogues", "confidence": "inferred"},
		map[string]string{"from_code": "code_2013", "from_name": "name", "to_code": "code_2022", "basis": "method", "note": "check"},
		markDoubts},
	{"functional_2009_vs_modern.csv",
		record{"crosswalk": "functional_2009_2019", "from_edition": oldFunctional, "to_edition": modernFunctional, "basis": "same code", "source": "names of both lists", "confidence": "inferred"},
		map[string]string{"from_scheme": "scheme", "from_code": "code", "from_name": "name_2009", "to_scheme": "scheme", "to_code": "code", "to_name": "name_2019_2025"},
		markReuse},
}

// openClass: 301* stands for the subclasses of a class that the table does not name.
func openClass(packed, of record) {
	if class, ok := strings.CutSuffix(of["dept_code"], "*"); ok {
		packed["to_code"], packed["note"] = class, "its subclasses that have no pair of their own"
	}
}

// markDoubts tells pairs that only their names speak for from those whose place
// in the catalogue agrees, and items that no single one follows.
func markDoubts(packed, of record) {
	packed["status"] = "agrees"
	if strings.Contains(of["check"], "verify") {
		packed["status"] = "to verify"
	}
	if of["code_2022"] == "" {
		packed["status"] = "split"
	}
}

// markReuse tells a code that got a new name from one that got a new meaning.
func markReuse(packed, of record) {
	packed["status"] = "renamed"
	if of["kind"] != "rename" {
		packed["status"] = "redefined"
	}
}

// generateCrosswalks writes the pairs of all crosswalks as one compressed CSV.
func generateCrosswalks(from folders, target string) error {
	var text bytes.Buffer
	out := csv.NewWriter(&text)
	if err := out.Write(crosswalkColumns); err != nil {
		return err
	}
	for _, walk := range crosswalks {
		rows, err := from.readTable(walk.file)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := out.Write(walk.pack(row)); err != nil {
				return err
			}
		}
	}
	out.Flush()
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	return os.WriteFile(target, encoder.EncodeAll(text.Bytes(), nil), 0o644)
}

// pack gives the values of a line in the order of the packed table.
func (w *crosswalk) pack(row record) []string {
	packed := record{}
	for column, value := range w.fixed {
		packed[column] = value
	}
	for column, name := range w.copied {
		packed[column] = row[name]
	}
	if w.change != nil {
		w.change(packed, row)
	}
	var line []string
	for _, column := range crosswalkColumns {
		line = append(line, packed[column])
	}
	return line
}
