package cmap

import (
	_ "embed"
	"sync"

	"gongkai/extract/content/cmap/internal/archive"
)

// predefinedMaps is the archive made by internal/generate of Adobe's cmap-resources.
//
//go:embed maps.bin
var predefinedMaps string

// library decodes the maps of the archive when they are first asked for.
type library struct {
	archive *archive.Archive
	maps    map[string]func() *CMap
}

var predefined = sync.OnceValue(func() *library {
	source, err := archive.Open(predefinedMaps)
	if err != nil {
		return &library{}
	}
	names := source.Names()
	l := &library{archive: source, maps: make(map[string]func() *CMap, len(names))}
	for _, name := range names {
		l.maps[name] = sync.OnceValue(func() *CMap { return l.load(name) })
	}
	l.maps["Identity-H"] = sync.OnceValue(func() *CMap { return identity("Identity-H", false) })
	l.maps["Identity-V"] = sync.OnceValue(func() *CMap { return identity("Identity-V", true) })
	return l
})

// Predefined gives the predefined CMap of that name: Identity-H, Identity-V and those of Adobe-GB1, Adobe-CNS1,
// Adobe-Japan1, Adobe-Korea1 and Adobe-KR (ISO 32000-1, table 118, and the later ones of Adobe's cmap-resources). The
// first use of a map decodes it.
func Predefined(name string) (*CMap, bool) {
	return predefined().find(name)
}

func (l *library) find(name string) (*CMap, bool) {
	load, ok := l.maps[name]
	if !ok {
		return nil, false
	}
	m := load()
	return m, m != nil
}

func (l *library) load(name string) *CMap {
	content, err := l.archive.Load(name)
	if err != nil {
		return nil
	}
	m := &CMap{
		name:        name,
		vertical:    content.Vertical,
		transcoding: content.Transcoding,
		codespaces:  content.Codespaces,
		undefined:   content.Undefined,
		strings:     content.Strings,
	}
	if content.Parent != "" {
		m.parent, _ = l.find(content.Parent)
	}
	for i := range archive.LongestCode {
		m.cids[i], m.texts[i] = newTable(content.CIDs[i]), newTable(content.Texts[i])
	}
	m.prepare()
	return m
}

// identity maps each two-byte code to the CID of the same number.
func identity(name string, vertical bool) *CMap {
	m := &CMap{name: name, vertical: vertical, codespaces: []archive.Codespace{wholeCodespace(2)}}
	m.cids[1] = newTable([]archive.Span{{High: 0xFFFF}})
	m.prepare()
	return m
}

// Content gives the map's own tables in the form in which the archive keeps them.
func (m *CMap) Content() archive.Map {
	content := archive.Map{
		Vertical:    m.vertical,
		Transcoding: m.transcoding,
		Codespaces:  m.codespaces,
		Undefined:   m.undefined,
		Strings:     m.strings,
	}
	if m.parent != nil {
		content.Parent = m.parent.name
	}
	for i := range archive.LongestCode {
		content.CIDs[i], content.Texts[i] = m.cids[i].spans, m.texts[i].spans
	}
	return content
}

// collectionSuffix turns the name of a character collection into that of its map from CIDs to Unicode.
const collectionSuffix = "-UCS2"

// ToUnicode gives the text of a CID of one of Adobe's character collections, named as in "Adobe-GB1". Source: Adobe's
// mapping-resources-pdf. Half-width and proportional Latin glyphs are ASCII text: CIDs 814 to 907 of Adobe-GB1 give
// half-width digits and letters, never the full-width ones, and CID 7716 the space. Variation selectors, which choose
// between glyphs of one character, are left out.
func ToUnicode(registryOrdering string, cid uint32) (string, bool) {
	m, ok := Predefined(registryOrdering + collectionSuffix)
	if !ok {
		return "", false
	}
	return m.Text(cid, 2)
}
