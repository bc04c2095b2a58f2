package check

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"gongkai/normalize"
)

// Partners tells which documents of a dataset have another one to be compared with,
// from a few bytes of each, so that only those need a Summary. Names are kept as
// hashes: two that share one cost a Summary that nothing is compared with.
type Partners struct {
	series  map[uint64][]string // ids of the documents of one publisher, kind and phase
	bodies  map[uint64][]string // ids of the documents of one publisher, phase and year
	listing map[uint64][]string // ids of the departments' documents that list a body, by the same key
}

// Add notes a document.
func (p *Partners) Add(batch *normalize.Batch) {
	d := &batch.Document
	agency := squeeze(d.AgencyName)
	if agency == "" || d.FiscalYear == 0 {
		return
	}
	if p.series == nil {
		p.series, p.bodies, p.listing = map[uint64][]string{}, map[uint64][]string{}, map[uint64][]string{}
	}
	id, year := strings.Clone(d.ID), strconv.Itoa(d.FiscalYear)
	note := func(list map[uint64][]string, names ...string) {
		key := hashOf(names)
		list[key] = append(list[key], id)
	}
	note(p.series, agency, d.Kind, d.Phase)
	note(p.bodies, agency, d.Phase, year)
	if isDepartment(d.Kind) {
		for _, unit := range unitsOf(batch) {
			note(p.listing, unit, d.Phase, year)
		}
	}
}

// Documents are the ids of those that have a partner, sorted.
func (p *Partners) Documents() []string {
	var ids []string
	for _, list := range p.series {
		if len(list) > 1 {
			ids = append(ids, list...)
		}
	}
	for body, departments := range p.listing {
		if units := p.bodies[body]; len(units) > 0 {
			ids = append(append(ids, departments...), units...)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func hashOf(names []string) uint64 {
	hash := fnv.New64a()
	for _, name := range names {
		hash.Write([]byte(name)) // never fails
		hash.Write([]byte{0})
	}
	return hash.Sum64()
}
