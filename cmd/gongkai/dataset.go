package main

import (
	"maps"
	"slices"
	"strings"

	"gongkai/export"
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
func (d *dataset) settle(outcomes []outcome, prune bool) ([]ledgerEntry, error) {
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
	known = slices.DeleteFunc(known, func(entry ledgerEntry) bool {
		if prune && !given[entry.Source] && entry.Document != "" {
			old[entry.key()] = true
		}
		return prune && !given[entry.Source] || old[entry.key()]
	})
	if len(old) > 0 {
		if err := d.drop(old); err != nil {
			return nil, err
		}
	}
	return mergeEntries(known, found, unread), nil
}

// drop takes sources out of the store, and documents that have no other.
func (d *dataset) drop(old map[sourceKey]bool) error {
	if err := d.ledger.change(); err != nil {
		return err
	}
	_, err := d.store.Prune(func(source normalize.Source) bool { return !old[sourceKey{source.Path, source.DocumentID}] })
	return err
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

// publish writes the dataset's files.
func (s *session) publish(d *dataset, options export.PublishOptions) (manifestDataset, error) {
	summary, err := export.Publish(s.patience.quit, d.store, d.folder, options)
	if err != nil {
		return manifestDataset{}, err
	}
	for _, unusable := range summary.Unusable {
		s.report.warn(unusable.Error(), "convert the document again to have it in the dataset")
	}
	return newManifestDataset(summary), nil
}
