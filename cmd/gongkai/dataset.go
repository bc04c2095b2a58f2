package main

import (
	"cmp"
	"maps"
	"runtime/debug"
	"slices"
	"strings"

	"gongkai/export"
	"gongkai/extract"
	"gongkai/normalize"
)

// dataset is a dataset's folder in the hands of this process.
type dataset struct {
	folder string
	store  *export.Store
	ledger *ledger
	unlock func()
	// reports is where the documents' reports go; nil when none are wanted.
	reports *reportFolder
}

// openDataset makes the folder where it is not there, and keeps others from
// writing to it until Close.
func openDataset(folder string, warn func(text, hint string)) (*dataset, error) {
	unlock, err := lockDataset(folder, warn)
	if err != nil {
		return nil, err
	}
	d := &dataset{folder: folder, unlock: unlock}
	if d.store, err = export.OpenStore(folder); err == nil {
		d.ledger, err = openLedger(folder, d.store)
	}
	if err != nil {
		unlock()
		return nil, err
	}
	return d, nil
}

// Close lets others write to the dataset.
func (d *dataset) Close() {
	d.ledger.Close()
	d.unlock()
}

// settle takes what is superseded out of the store, and with prune what is not
// among the inputs any more. It returns what the ledger should hold from now on,
// in order of place.
func (s *session) settle(d *dataset, outcomes []outcome, prune bool) ([]ledgerEntry, error) {
	var found, unread []ledgerEntry
	given := make(map[string]bool, len(outcomes))
	for i := range outcomes {
		given[outcomes[i].Input.Source] = true
		if entry := outcomes[i].entry(); entry.Unread == nil {
			found = append(found, entry)
		} else {
			unread = append(unread, entry)
		}
	}
	known := d.ledger.all()
	old := d.ledger.superseded(found)
	s.tellLeaving(eventSuperseded, old)
	if prune {
		gone := map[sourceKey]bool{}
		known = slices.DeleteFunc(known, func(entry ledgerEntry) bool {
			isGone := !given[entry.Source]
			if isGone && entry.Document != "" && !old[entry.key()] {
				gone[entry.key()] = true
			}
			return isGone
		})
		s.tellLeaving(eventPruned, gone)
		maps.Copy(old, gone)
	}
	known = slices.DeleteFunc(known, func(entry ledgerEntry) bool { return old[entry.key()] })
	entries := mergeEntries(known, found, unread)
	if len(old) == 0 {
		return entries, nil
	}
	if err := d.ledger.change(); err != nil {
		return nil, err
	}
	if err := s.readUnderOtherNames(d, old, entries); err != nil {
		return nil, err
	}
	_, err := d.store.Prune(func(source normalize.Source) bool { return !old[sourceKey{source.Path, source.DocumentID}] })
	return entries, err
}

// tellLeaving tells the log which sources leave the dataset, and why.
func (s *session) tellLeaving(event string, old map[sourceKey]bool) {
	keys := slices.SortedFunc(maps.Keys(old), func(a, b sourceKey) int {
		return cmp.Or(strings.Compare(a.source, b.source), strings.Compare(a.document, b.document))
	})
	for _, key := range keys {
		s.report.log(message{Level: "info", Event: event, File: key.source, Document: key.document})
	}
}

// Why a source leaves the dataset.
const (
	eventSuperseded = "superseded"
	eventPruned     = "pruned"
)

// readUnderOtherNames reads the documents again that lose the name they were read
// under and keep another, for what they do not say of themselves may follow from
// it. One that cannot be found any more stays as it was read.
func (s *session) readUnderOtherNames(d *dataset, old map[sourceKey]bool, entries []ledgerEntry) error {
	lost := map[string]string{} // the first name by document
	for key := range old {
		if first, isLost := lost[key.document]; !isLost || key.source < first {
			lost[key.document] = key.source
		}
	}
	left := map[string][]ledgerEntry{}
	for _, entry := range entries {
		if first, isLost := lost[entry.Document]; isLost && (first < entry.Source || len(left[entry.Document]) > 0) {
			left[entry.Document] = append(left[entry.Document], entry)
		} else if isLost {
			delete(lost, entry.Document) // it keeps its first name
		}
	}
	var again []ledgerEntry
	for _, places := range left {
		again = append(again, findable(places))
	}
	if len(again) == 0 {
		return nil
	}
	set := &inputSet{fetcher: newFetcher(s.patience.stop, s.options.Timeout)}
	defer set.Close()
	set.addRemembered(again)
	reader, _, closeReader := s.reader(d.product(), len(again))
	defer closeReader()
	c := conversion{reader: reader, store: d.store, ledger: d.ledger, options: d.readingOptions(s.options), reports: d.reports}
	for _, in := range set.inputs {
		got, failure := in.read(s.patience.quit, validators{})
		if failure != nil {
			continue
		}
		source := extract.NewSource(in.Source, in.File, got.bytes)
		places := left[source.SHA256]
		if len(places) == 0 {
			continue // it has other bytes by now
		}
		var sources []normalize.Source
		for i := range places {
			sources = append(sources, places[i].row())
		}
		if err := c.convert(s.patience.quit, source, sources, &outcome{}); err != nil {
			return err
		}
	}
	return nil
}

// findable is the first of a document's places that this machine can still reach,
// or the first of all.
func findable(places []ledgerEntry) ledgerEntry {
	at := slices.IndexFunc(places, func(entry ledgerEntry) bool { return isAddress(entry.Location) || isThere(entry.Location) })
	return places[max(0, at)]
}

// mergeEntries is what is known after a run, one entry for each place: what was
// found, what was known of other places, and which places could not be read. A
// document that was read again says so at its other places.
func mergeEntries(known, found, unread []ledgerEntry) []ledgerEntry {
	places := make(map[string]ledgerEntry, len(known)+len(found))
	again := make(map[string]ledgerEntry, len(found))
	for _, entry := range found {
		again[entry.Document] = entry
	}
	for _, entry := range known {
		if now, isRead := again[entry.Document]; isRead {
			entry.Contents, entry.Version = now.Contents, now.Version
		}
		places[entry.Source] = entry
	}
	for _, entry := range unread {
		if last, isKnown := places[entry.Source]; isKnown {
			last.Unread = entry.Unread
			entry = last
		}
		places[entry.Source] = entry
	}
	for _, entry := range found {
		places[entry.Source] = entry
	}
	return slices.SortedFunc(maps.Values(places), func(a, b ledgerEntry) int { return strings.Compare(a.Source, b.Source) })
}

// publishingMemory is what this process tries to stay below while it publishes
// (bytes). The collector would let the heap grow to three times what lives, which
// saves it little work here; with the program's own text it is less than 300 MB.
const publishingMemory = 200 << 20

// publish writes the dataset's files.
func (s *session) publish(d *dataset, options export.PublishOptions) (manifestDataset, error) {
	limit := debug.SetMemoryLimit(-1) // as it is
	debug.SetMemoryLimit(min(limit, publishingMemory))
	defer debug.SetMemoryLimit(limit)
	summary, err := export.Publish(s.patience.quit, d.store, d.folder, options)
	if err != nil {
		return manifestDataset{}, err
	}
	for _, unusable := range summary.Unusable {
		s.report.warn(unusable.Error(), "convert the document again to have it in the dataset")
	}
	return newManifestDataset(summary), nil
}
