// Command generate packs the code lists of a folder of CSV files into the two
// files that package codebook embeds: the lists, and the crosswalks between them.
//
//	generate FOLDER ADDITIONS LISTS CROSSWALKS
//
// ADDITIONS is a folder with further rows for some of these files, under the same
// names: what the lists lack and disclosures print. FOLDER holds functional_expenditure.csv, economic_department.csv,
// economic_government.csv, revenue.csv, procurement_2013_partial.csv,
// procurement_2022.csv, divisions.csv, aliases.csv, code_changes.csv,
// observed.csv, and the crosswalks that crosswalks.go names. The same folders
// give the same bytes. The layout of LISTS is described in package codebook, at
// decodeList.
package main

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
)

func main() {
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: generate FOLDER ADDITIONS LISTS CROSSWALKS")
		os.Exit(2)
	}
	from := folders{os.Args[1], os.Args[2]}
	err := generate(from, os.Args[3])
	if err == nil {
		err = generateCrosswalks(from, os.Args[4])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// schemes names the files of each list, in the order of the packed file.
var schemes = []struct {
	scheme string
	files  []string
}{
	{"functional_expenditure", []string{"functional_expenditure.csv"}},
	{"economic_department", []string{"economic_department.csv"}},
	{"economic_government", []string{"economic_government.csv"}},
	{"revenue", []string{"revenue.csv"}},
	{"gb2260", []string{"divisions.csv"}},
	{"procurement", []string{"procurement_2013_partial.csv", "procurement_2022.csv"}},
}

// The list is read by every process that converts documents; a file that
// outgrows this many bytes should be noticed.
const largestFile = 350 << 10

// folders are where the tables lie; the first one has them all.
type folders [2]string

func generate(from folders, target string) error {
	names, err := readNames(from)
	if err != nil {
		return err
	}
	seen, err := readObserved(from)
	if err != nil {
		return err
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false))
	if err != nil {
		return err
	}
	var header, bodies []byte
	header = binary.AppendUvarint(header, uint64(len(schemes)))
	for _, scheme := range schemes {
		var rows []record
		for _, file := range scheme.files {
			more, err := from.readTable(file)
			if err != nil {
				return err
			}
			rows = append(rows, more...)
		}
		raw, err := encodeList(scheme.scheme, rows, names[scheme.scheme], seen)
		if err != nil {
			return fmt.Errorf("%s: %w", scheme.scheme, err)
		}
		body := encoder.EncodeAll(raw, nil)
		header = appendString(header, scheme.scheme)
		header = binary.AppendUvarint(header, uint64(len(raw)))
		header = binary.AppendUvarint(header, uint64(len(body)))
		bodies = append(bodies, body...)
	}
	content := append(header, bodies...)
	packed := append([]byte("GKCODES1"), binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE(content))...)
	packed = append(packed, content...)
	if len(packed) > largestFile {
		return fmt.Errorf("%d bytes packed, more than %d", len(packed), largestFile)
	}
	return os.WriteFile(target, packed, 0o644)
}

// record is one line of a CSV file by column name.
type record map[string]string

// readTable reads a table and its additions.
func (from folders) readTable(name string) ([]record, error) {
	rows, err := readTable(filepath.Join(from[0], name))
	if err != nil {
		return nil, err
	}
	more, err := readTable(filepath.Join(from[1], name))
	if errors.Is(err, fs.ErrNotExist) {
		return rows, nil
	}
	return append(rows, more...), err
}

func readTable(path string) ([]record, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	lines, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(lines) < 2 {
		return nil, fmt.Errorf("%s: no rows", path)
	}
	var rows []record
	for _, line := range lines[1:] {
		row := record{}
		for i, column := range lines[0] {
			row[column] = line[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// name is another name that a code is printed with. A historic name was the
// listed one in other years; the rest are wordings of the same name.
type name struct {
	code, text string
	historic   bool
}

// A reason for an alias that speaks of a time: "pre-2014", "2014-2018",
// "until 2019", "~2011-2019", "2021", "2018-2020 name", "old name". The reason
// "2022 edition code" does not: it tells which code is meant.
var timeReason = regexp.MustCompile(`^(pre-|until |~?\d{4}(-\d{4})?($|;| name)|old name)`)

// A name in code_changes.csv that is only a name, not an account of a move
// such as "市场监督管理事务(20138); 出入境 -> 20109".
var plainName = regexp.MustCompile(`^[\p{Han}、（）]+$`)

// economicOrFunctional is the scheme of an observed code by its first digit.
var economicOrFunctional = map[string]string{
	"2": "functional_expenditure", "3": "economic_department", "5": "economic_government",
}

// readNames collects by scheme the aliases, the former names, and the names
// other than the listed one that more than one disclosure prints.
func readNames(from folders) (map[string][]name, error) {
	aliases, err := from.readTable("aliases.csv")
	if err != nil {
		return nil, err
	}
	changes, err := from.readTable("code_changes.csv")
	if err != nil {
		return nil, err
	}
	observed, err := from.readTable("observed.csv")
	if err != nil {
		return nil, err
	}
	names := map[string][]name{}
	for _, row := range aliases {
		if row["code"] == "*" { // advice for programs, not names
			continue
		}
		historic := timeReason.MatchString(row["why"])
		for text := range strings.SplitSeq(row["alias"], "/") {
			names[row["scheme"]] = append(names[row["scheme"]], name{row["code"], text, historic})
		}
	}
	for _, row := range changes {
		for _, text := range []string{row["old"], row["new"]} {
			if row["kind"] == "rename" && plainName.MatchString(text) {
				names[row["scheme"]] = append(names[row["scheme"]], name{row["code"], text, true})
			}
		}
	}
	for _, row := range observed {
		differs := strings.HasPrefix(row["status"], "differs") && row["documents"] != "1"
		if scheme := economicOrFunctional[row["code"][:1]]; differs && scheme != "" {
			names[scheme] = append(names[scheme], name{row["code"], row["name"], false})
		}
	}
	for scheme, list := range names {
		// The alias comes before the former name with the same text and wins.
		slices.SortStableFunc(list, func(a, b name) int {
			return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.text, b.text))
		})
		names[scheme] = slices.CompactFunc(list, func(a, b name) bool {
			return a.code == b.code && a.text == b.text
		})
	}
	return names, nil
}

// observation counts the real disclosures that print a code.
type observation struct{ documents, places uint64 }

func readObserved(from folders) (map[string]observation, error) {
	rows, err := from.readTable("observed.csv")
	if err != nil {
		return nil, err
	}
	seen := map[string]observation{}
	for _, row := range rows {
		documents, err1 := strconv.ParseUint(row["documents"], 10, 32)
		places, err2 := strconv.ParseUint(row["places"], 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, fmt.Errorf("observed.csv: %s: %w", row["code"], err)
		}
		seen[row["code"]] = observation{documents, places}
	}
	return seen, nil
}

// index is a table of distinct strings in the order of their first use.
type index struct {
	texts []string
	of    map[string]uint64
}

func (x *index) add(text string) uint64 {
	if x.of == nil {
		x.of = map[string]uint64{}
	}
	at, ok := x.of[text]
	if !ok {
		at = uint64(len(x.texts))
		x.of[text] = at
		x.texts = append(x.texts, text)
	}
	return at
}

// encodeList writes the columns of one list one after the other, which packs
// far better than row by row.
func encodeList(scheme string, rows []record, names []name, seen map[string]observation) ([]byte, error) {
	slices.SortStableFunc(rows, func(a, b record) int {
		return cmp.Or(cmp.Compare(a["code"], b["code"]), cmp.Compare(a["edition"], b["edition"]))
	})
	var editions, levels, confidences, sources index
	var codes, parents, texts []string
	var numbers []byte
	for at, row := range rows {
		if row["scheme"] != scheme {
			return nil, fmt.Errorf("row %s has scheme %s", row["code"], row["scheme"])
		}
		from, err1 := parseYear(row["valid_from"])
		to, err2 := parseYear(row["valid_to"])
		if err := errors.Join(err1, err2); err != nil {
			return nil, fmt.Errorf("row %s: %w", row["code"], err)
		}
		codes = append(codes, row["code"])
		parents = append(parents, row["parent"])
		texts = append(texts, row["name"])
		var count observation
		newest := at+1 == len(rows) || rows[at+1]["code"] != row["code"]
		if newest && scheme == economicOrFunctional[row["code"][:1]] { // seen in documents since 2021
			count = seen[row["code"]]
		}
		for _, number := range []uint64{editions.add(row["edition"]), levels.add(row["level"]),
			confidences.add(row["confidence"]), sources.add(row["source"]), from, to, count.documents, count.places} {
			numbers = binary.AppendUvarint(numbers, number)
		}
	}
	var out []byte
	for _, table := range []index{editions, levels, confidences, sources} {
		if out = binary.AppendUvarint(out, uint64(len(table.texts))); len(table.texts) > 1<<12 {
			return nil, fmt.Errorf("a table of %d strings", len(table.texts))
		}
		for _, text := range table.texts {
			out = appendString(out, text)
		}
	}
	out = binary.AppendUvarint(out, uint64(len(rows)))
	for _, column := range [][]string{codes, parents, texts} {
		out = appendColumn(out, column)
	}
	out = append(out, numbers...)

	out = binary.AppendUvarint(out, uint64(len(names)))
	codes, texts = nil, nil
	var historic []byte
	for _, name := range names {
		codes = append(codes, name.code)
		texts = append(texts, name.text)
		flag := byte(0)
		if name.historic {
			flag = 1
		}
		historic = append(historic, flag)
	}
	out = appendColumn(out, codes)
	out = appendColumn(out, texts)
	return append(out, historic...), nil
}

func parseYear(text string) (uint64, error) {
	if text == "" {
		return 0, nil
	}
	return strconv.ParseUint(text, 10, 12)
}

func appendString(out []byte, text string) []byte {
	return append(binary.AppendUvarint(out, uint64(len(text))), text...)
}

// appendColumn writes the strings each ended by a line feed, preceded by the
// length of them all.
func appendColumn(out []byte, column []string) []byte {
	size := 0
	for _, text := range column {
		size += len(text) + 1
	}
	out = binary.AppendUvarint(out, uint64(size))
	for _, text := range column {
		out = append(append(out, text...), '\n')
	}
	return out
}
