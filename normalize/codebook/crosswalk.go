package codebook

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"errors"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// COFOG is the Classification of the Functions of Government of the United
// Nations. It is no list of the book: only crosswalks lead to it.
const COFOG = "COFOG"

// Crosswalk is one pair of codes that mean the same, or nearly so, in two lists
// or two editions of one.
type Crosswalk struct {
	Name                             string // functional_cofog, economic_government_department …
	FromScheme, FromEdition, From    string
	FromName                         string
	ToScheme, ToEdition, To          string
	ToName                           string
	Condition                        string // when the pair holds: 机关, 事业单位, the groups of COFOG
	Basis                            string // what the pair rests on
	Note, Status, Source, Confidence string
}

//go:embed crosswalks.bin
var crosswalksFile []byte

// Crosswalks returns all pairs, those of one crosswalk together, decoded once.
// They tell how lists relate; no native code is ever replaced by them.
func Crosswalks() ([]Crosswalk, error) { return crosswalkPairs() }

var crosswalkPairs = sync.OnceValues(func() ([]Crosswalk, error) {
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer decoder.Close()
	raw, err := decoder.DecodeAll(crosswalksFile, nil)
	if err != nil {
		return nil, errors.Join(errDamaged, err)
	}
	lines, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil || len(lines) == 0 {
		return nil, errors.Join(errDamaged, err)
	}
	pairs := make([]Crosswalk, 0, len(lines)-1)
	for _, line := range lines[1:] {
		p := Crosswalk{}
		fields := []*string{&p.Name, &p.FromScheme, &p.FromEdition, &p.From, &p.FromName, &p.ToScheme, &p.ToEdition, &p.To, &p.ToName,
			&p.Condition, &p.Basis, &p.Note, &p.Status, &p.Source, &p.Confidence}
		if len(line) != len(fields) {
			return nil, errDamaged
		}
		for i, field := range fields {
			*field = line[i]
		}
		pairs = append(pairs, p)
	}
	return pairs, nil
})
