package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

func retryCommand(s *session) *cli.Command {
	return &cli.Command{
		Name:      "retry",
		Usage:     "read the failed documents of a dataset that may succeed now",
		ArgsUsage: "DATASET",
		Description: "Tried again are deadlines, memory limits, crashes, places that could not be reached, documents\n" +
			"that another version failed at, and with --password encrypted ones. They are read from where\n" +
			"convert found them, and the dataset is published with the options that convert was given.",
		Flags:  readingFlags(),
		Action: s.action(retry),
	}
}

// retry brings a dataset up to date with those of its inputs that failed.
func retry(s *session, flags *cli.Context) error {
	if flags.NArg() != 1 {
		return usageError("retry takes one dataset", "name the folder that convert wrote")
	}
	folder := flags.Args().First()
	if _, err := os.Stat(filepath.Join(folder, workFolder)); err != nil {
		return usageError("no dataset: "+err.Error(), "name the folder that convert wrote")
	}
	d, err := openDataset(folder, s.report.warn)
	if err != nil {
		return err
	}
	defer d.Close()
	d.wantReports(false)
	entries, lost := d.worthRetrying(s.options)
	if lost > 0 {
		s.report.warn(fmt.Sprintf("of %d failed documents it is not known where they were found", lost), "convert them again")
	}
	if len(entries) == 0 {
		s.report.note("nothing to retry")
		return nil
	}
	set := &inputSet{fetcher: newFetcher(s.patience.stop, s.options.Timeout)}
	defer set.Close()
	set.addRemembered(entries)
	return s.update(d, set, false, d.ledger.options)
}

// worthRetrying gives a place for each document, and each unread input, that may
// be read now, and counts the documents without a known place.
func (d *dataset) worthRetrying(options documentOptions) (entries []ledgerEntry, lost int) {
	places := map[string][]ledgerEntry{} // by document
	for _, entry := range d.ledger.all() {
		switch {
		case entry.Unread != nil:
			if entry.Unread.Retryable {
				entries = append(entries, entry)
			}
		case entry.Contents.Failure == nil:
		case worthAnotherRun(*entry.Contents, options), !d.store.Has(keyOf(entry.Document)): // made by another version
			places[entry.Document] = append(places[entry.Document], entry)
		}
	}
	for _, known := range places {
		slices.SortFunc(known, func(a, b ledgerEntry) int { return strings.Compare(a.Source, b.Source) })
		known = slices.DeleteFunc(known, func(entry ledgerEntry) bool { return entry.Location == "" })
		if len(known) == 0 {
			lost++
			continue
		}
		entries = append(entries, findable(known))
	}
	slices.SortFunc(entries, func(a, b ledgerEntry) int { return strings.Compare(a.Source, b.Source) })
	return entries, lost
}

// addRemembered takes inputs of earlier runs, each from where it was found and
// under the name it had.
func (s *inputSet) addRemembered(entries []ledgerEntry) {
	archives := map[string]map[string]input{} // members by name, by location
	for _, entry := range entries {
		name, isFile := fileOfLocation(entry.Location)
		var in input
		switch {
		case !isFile:
			in = s.distant(entry.Location)
		case entry.Member == "":
			in = input{names: namesOfFile(name), read: fromBytes(readFile(name))}
		default:
			if archives[entry.Location] == nil {
				archives[entry.Location] = s.membersOf(name)
			}
			var found bool
			if in, found = archives[entry.Location][entry.Member]; !found {
				in = failing(namesOfMember(name, entry.Member), unreadableFailure(os.ErrNotExist))
			}
		}
		in.Source, in.Member, in.RetrievedAt = entry.Source, entry.Member, entry.RetrievedAt
		s.inputs = append(s.inputs, in)
	}
}

// membersOf lists an archive.
func (s *inputSet) membersOf(archive string) map[string]input {
	listed := &inputSet{}
	if err := listed.add(archive); err != nil {
		return nil
	}
	s.closers = append(s.closers, listed.closers...)
	members := make(map[string]input, len(listed.inputs))
	for _, in := range listed.inputs {
		members[in.Member] = in
	}
	return members
}
