package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// addList reads the list of inputs on standard input: one a line, or ended by NUL.
// A line that begins with { is an object of JSON with more about the input.
func (s *inputSet) addList(stdin io.Reader, nullSeparated bool) error {
	separator := byte('\n')
	if nullSeparated {
		separator = 0
	}
	list := bufio.NewReader(stdin)
	for number := 1; ; number++ {
		line, end := list.ReadString(separator)
		line = strings.TrimSuffix(line, string(separator))
		if end != nil && !errors.Is(end, io.EOF) {
			return usageError("the list on standard input cannot be read: "+end.Error(), "check the command before the pipe")
		}
		if !nullSeparated {
			line = strings.TrimSuffix(line, "\r")
		}
		if err := s.addListed(line, number, !nullSeparated); err != nil {
			return err
		}
		if end != nil {
			return nil
		}
	}
}

func (s *inputSet) addListed(line string, number int, mayBeJSON bool) error {
	switch {
	case line == "":
		return nil
	case line == "-":
		return usageError("the list on standard input names - itself", "list files, folders and archives")
	case !mayBeJSON || !strings.HasPrefix(line, "{"):
		return s.add(line)
	}
	var listed listedInput
	err := json.Unmarshal([]byte(line), &listed)
	if err == nil {
		err = s.addDescribed(listed)
	}
	var usage *commandError
	if err != nil && !errors.As(err, &usage) {
		err = usageError(fmt.Sprintf("line %d of the list on standard input: %v", number, err),
			`write {"file": "a.pdf", "url": "https://…", "retrieved_at": "2021-03-01T08:00:00Z"}; a file name that begins with { is written ./{`)
	}
	return err
}

// listedInput is one line of JSON in the list of inputs. What it does not name is
// left to the file; members that are not named here are for other programs.
type listedInput struct {
	// File is a file or an archive of this machine.
	File string `json:"file"`
	// URL is where the document was published. With File it is where the file
	// came from, else it is fetched.
	URL string `json:"url"`
	// Name is what the dataset calls a file that came from no address.
	Name string `json:"name"`
	// RetrievedAt is when it was fetched, RFC 3339 or a date.
	RetrievedAt string `json:"retrieved_at"`
}

// addDescribed takes an input and gives it the names that its line tells.
func (s *inputSet) addDescribed(listed listedInput) error {
	retrieved, err := parseRetrieval(listed.RetrievedAt)
	if err != nil {
		return err
	}
	source := ""
	switch {
	case listed.File == "" && listed.URL == "":
		return errors.New("neither file nor url is named")
	case listed.URL != "":
		if _, source, err = parseAddress(listed.URL); err != nil {
			return err
		}
	case listed.Name != "":
		source = sourceOfFile(listed.Name)
	}
	before := len(s.inputs)
	if listed.File == "" {
		err = s.add(listed.URL)
	} else {
		err = s.add(listed.File)
	}
	if err != nil {
		return err
	}
	added := s.inputs[before:]
	for i := range added {
		added[i].RetrievedAt = retrieved
		switch {
		case source == "":
		case added[i].Member != "":
			added[i].Source = source + "!/" + added[i].Member
		case len(added) == 1:
			added[i].Source = source
		default:
			return fmt.Errorf("%s is not one document, so it has no url or name of its own", listed.File)
		}
	}
	return nil
}

// parseRetrieval gives a time in the form of the dataset.
func parseRetrieval(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	if date, err := time.Parse(time.DateOnly, text); err == nil {
		return date.Format(time.DateOnly), nil
	}
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return "", fmt.Errorf("retrieved_at %q is no time of RFC 3339 and no date", text)
	}
	return moment.UTC().Format(time.RFC3339), nil
}
