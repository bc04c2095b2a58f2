package main

import (
	"bufio"

	"gongkai/export"

	"github.com/urfave/cli/v2"
)

func linesCommand(s *session) *cli.Command {
	return &cli.Command{
		Name:      "lines",
		Usage:     "write every printed amount to standard output",
		ArgsUsage: "INPUT...",
		Flags:     documentFlags(textFlag("format", formatCSV, "csv or jsonl")),
		Action:    s.action(writeLines),
	}
}

func writeLines(s *session, flags *cli.Context) error {
	format := flags.String("format")
	if err := oneOf("format", format, formatCSV, formatJSONL); err != nil {
		return err
	}
	set, err := s.listInputs(flags)
	if err != nil {
		return err
	}
	defer set.Close()

	out := bufio.NewWriter(s.stdout)
	writer, err := export.NewLineWriter(out, format)
	if err != nil {
		return err
	}
	failed := s.writeReadings(set, productLines, func(result documentReading) error {
		if result.reading.Batch == nil {
			return nil
		}
		if err := writer.Write(result.Input.File, result.reading.Batch); err != nil {
			return stdoutError(err)
		}
		return nil
	})
	if err := writer.Flush(); err != nil {
		return stdoutError(err)
	}
	if err := out.Flush(); err != nil {
		return stdoutError(err)
	}
	return failed
}
