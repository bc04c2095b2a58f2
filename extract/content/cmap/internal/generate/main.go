// Command generate writes the archive of predefined CMaps from Adobe's cmap-resources and mapping-resources-pdf, as
// Debian's package poppler-data installs them: a folder for each character collection with the CMap files in it.
//
// The Unicode CMaps of a collection are one table in several encoding forms: only the UTF-32 one is written in full,
// the others as what they add or lack.
package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"gongkai/extract/content/cmap"
	"gongkai/extract/content/cmap/internal/archive"
)

func main() {
	source := flag.String("source", "", "folder with a folder of CMap files for each character collection")
	output := flag.String("output", "maps.bin", "the archive to write")
	flag.Parse()
	if err := generate(*source, *output); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

var collections = []string{"Adobe-GB1", "Adobe-CNS1", "Adobe-Japan1", "Adobe-Korea1", "Adobe-KR"}

func generate(source, output string) error {
	contents := map[string]archive.Map{}
	for _, collection := range collections {
		resources := &folder{path: filepath.Join(source, collection), parsed: map[string]*cmap.CMap{}}
		names, err := resources.names(collection)
		if err != nil {
			return err
		}
		for _, name := range names {
			m, err := resources.read(name)
			if err != nil {
				return err
			}
			contents[name] = m.Content()
			if name == collection+"-UCS2" {
				contents[name], err = resources.texts(m, halfWidth[collection])
				if err != nil {
					return err
				}
			}
			if parentName, form, ok := derivation(name); ok {
				parent, err := resources.read(parentName)
				if err != nil {
					return err
				}
				contents[name] = derive(m, parent, parentName, form)
			}
		}
	}
	names := slices.Sorted(maps.Keys(contents))
	data, err := archive.Write(names, contents)
	if err != nil {
		return err
	}
	return os.WriteFile(output, data, 0o644)
}

// folder reads the CMap files of one collection, each once.
type folder struct {
	path   string
	parsed map[string]*cmap.CMap
}

// names lists the CMaps to keep. The folder also has conversion tables between legacy character sets, and maps from
// CIDs to themselves: neither is ever named in a PDF file.
func (f *folder) names(collection string) ([]string, error) {
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		name := entry.Name()
		isConversion := strings.HasPrefix(name, "UCS2-") || strings.HasSuffix(name, "-UCS2") ||
			strings.HasSuffix(name, "-UCS2C") || strings.HasPrefix(name, "Adobe-") || strings.Contains(name, "Hojo")
		if name == collection+"-UCS2" || !isConversion {
			names = append(names, name)
		}
	}
	return names, nil
}

func (f *folder) read(name string) (*cmap.CMap, error) {
	if m, ok := f.parsed[name]; ok {
		return m, nil
	}
	data, err := os.ReadFile(filepath.Join(f.path, name))
	if err != nil {
		return nil, err
	}
	var missing error
	m, err := cmap.Parse(data, func(parent string) *cmap.CMap {
		m, err := f.read(parent)
		if err != nil {
			missing = err
		}
		return m
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	case missing != nil:
		return nil, fmt.Errorf("%s: %w", name, missing)
	case m.Name() != name:
		return nil, fmt.Errorf("%s calls itself %s", name, m.Name())
	}
	f.parsed[name] = m
	return m, nil
}

// halfWidth names a CMap of each collection whose code <20> is the half-width space. Adobe maps that glyph to U+2002,
// EN SPACE; in a text it is the space between half-width letters.
var halfWidth = map[string]string{
	"Adobe-GB1":    "GBK-EUC-H",
	"Adobe-CNS1":   "ETen-B5-H",
	"Adobe-Japan1": "90ms-RKSJ-H",
	"Adobe-Korea1": "KSCms-UHC-HW-H",
}

// texts makes the map from CIDs to text, without the variation selectors that tell glyphs of one character apart.
func (f *folder) texts(m *cmap.CMap, halfWidth string) (archive.Map, error) {
	spaces := map[uint32]bool{}
	if halfWidth != "" {
		legacy, err := f.read(halfWidth)
		if err != nil {
			return archive.Map{}, err
		}
		if space, ok := legacy.CID(' ', 1); ok {
			spaces[space] = true
		}
	}
	content := m.Content()
	content.Texts, content.Strings = [archive.LongestCode][]archive.Span{}, nil
	list := &content.Texts[1]
	for cid := range uint32(0x10000) {
		text, ok := m.Text(cid, 2)
		if !ok {
			continue
		}
		characters := slices.DeleteFunc([]rune(text), func(r rune) bool { return unicode.Is(unicode.Variation_Selector, r) })
		switch {
		case spaces[cid]:
			*list = extend(*list, cid, ' ')
		case len(characters) == 1:
			*list = extend(*list, cid, uint32(characters[0]))
		default:
			value := archive.StringValue + uint32(len(content.Strings))
			content.Strings = append(content.Strings, string(characters))
			*list = append(*list, archive.Span{Low: cid, High: cid, Value: value})
		}
	}
	return content, nil
}

// derivation tells which map another is nearly the same as.
func derivation(name string) (parent string, form archive.Transcoding, ok bool) {
	switch name {
	case "GBKp-EUC-H", "GBK2K-H":
		return "GBK-EUC-H", archive.SameCode, true
	case "UniJIS2004-UTF32-H", "UniJISX0213-UTF32-H", "UniJISX02132004-UTF32-H":
		return "UniJIS-UTF32-H", archive.SameCode, true
	}
	for suffix, form := range map[string]archive.Transcoding{
		"-UTF16-H": archive.UTF16, "-UCS2-H": archive.UTF16, "-UTF8-H": archive.UTF8,
	} {
		if stem, found := strings.CutSuffix(name, suffix); found {
			return stem + "-UTF32-H", form, true
		}
	}
	return "", 0, false
}

// derive describes m by its differences from parent.
func derive(m, parent *cmap.CMap, parentName string, form archive.Transcoding) archive.Map {
	type code struct {
		number uint32
		length int
	}
	own := map[code]uint32{}
	for number, length := range codes(m) {
		own[code{number, length}], _ = m.CID(number, length)
	}
	for number, length := range codes(parent) {
		inherited, _ := parent.CID(number, length)
		childNumber, childLength, ok := untranscode(form, number, length)
		key := code{childNumber, childLength}
		cid, mapped := own[key]
		switch {
		case !ok || !inCodespace(m, childNumber, childLength):
		case !mapped:
			own[key] = archive.Unmapped
		case cid == inherited:
			delete(own, key)
		}
	}
	content := m.Content()
	content.Parent, content.Transcoding, content.CIDs = parentName, form, [archive.LongestCode][]archive.Span{}
	for _, key := range slices.SortedFunc(maps.Keys(own), func(a, b code) int { return int(int64(a.number) - int64(b.number)) }) {
		list := &content.CIDs[key.length-1]
		*list = extend(*list, key.number, own[key])
	}
	return content
}

// codes runs over all codes that a map without a parent gives a CID.
func codes(m *cmap.CMap) func(yield func(number uint32, length int) bool) {
	return func(yield func(uint32, int) bool) {
		for i, spans := range m.Content().CIDs {
			for _, span := range spans {
				for number := uint64(span.Low); number <= uint64(span.High); number++ {
					if !yield(uint32(number), i+1) {
						return
					}
				}
			}
		}
	}
}

// untranscode turns a code of a parent map into the code of the same character in a derived map.
func untranscode(form archive.Transcoding, number uint32, length int) (uint32, int, bool) {
	switch form {
	case archive.UTF16:
		if number < 0x10000 {
			return number, 2, true
		}
		high, low := utf16.EncodeRune(rune(number))
		return uint32(high)<<16 | uint32(low), 4, true
	case archive.UTF8:
		encoded := utf8.AppendRune(nil, rune(number))
		number = 0
		for _, b := range encoded {
			number = number<<8 | uint32(b)
		}
		return number, len(encoded), true
	default:
		return number, length, true
	}
}

func inCodespace(m *cmap.CMap, number uint32, length int) bool {
	for _, space := range m.Content().Codespaces {
		inside := space.Length == length
		for shift := 0; shift < 8*length; shift += 8 {
			b := byte(number >> shift)
			inside = inside && b >= byte(space.Low>>shift) && b <= byte(space.High>>shift)
		}
		if inside {
			return true
		}
	}
	return false
}

// extend adds a code and its value, a CID or a character, to sorted spans.
func extend(spans []archive.Span, number, value uint32) []archive.Span {
	if n := len(spans); n > 0 && spans[n-1].High+1 == number {
		last := &spans[n-1]
		special := value >= archive.StringValue || last.Value >= archive.StringValue
		if value == archive.Unmapped && last.Value == value || !special && last.Value+(number-last.Low) == value {
			last.High = number
			return spans
		}
	}
	return append(spans, archive.Span{Low: number, High: number, Value: value})
}
