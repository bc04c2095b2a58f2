package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gongkai/export"

	"github.com/urfave/cli/v2"
)

func schemaCommand(s *session) *cli.Command {
	return &cli.Command{
		Name:      "schema",
		Usage:     "write the Table Schema of a dataset, or of all, to standard output",
		ArgsUsage: "[DATASET_NAME]",
		Action:    s.writeSchema,
	}
}

// writeSchema writes one schema, or an object with all of them by name.
func (s *session) writeSchema(flags *cli.Context) error {
	var names []string
	for _, dataset := range export.Schemas() {
		names = append(names, dataset.Name)
	}
	switch name := flags.Args().First(); {
	case flags.NArg() > 1:
		return usageError("schema takes one name", "names are "+strings.Join(names, ", "))
	case name == "":
		all := make(map[string]json.RawMessage, len(names))
		for _, name := range names {
			content, err := export.SchemaJSON(name)
			if err != nil {
				return err
			}
			all[name] = content
		}
		content, err := json.MarshalIndent(all, "", "  ")
		if err != nil {
			return err
		}
		return s.writeData(append(content, '\n'))
	case !slices.Contains(names, name):
		return usageError(fmt.Sprintf("there is no dataset %q", name), "names are "+strings.Join(names, ", "))
	default:
		content, err := export.SchemaJSON(name)
		if err != nil {
			return err
		}
		return s.writeData(content)
	}
}

func (s *session) writeData(content []byte) error {
	if _, err := s.stdout.Write(content); err != nil {
		return stdoutError(err)
	}
	return nil
}
