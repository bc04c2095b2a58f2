package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
)

// heapGrowth is how many percent the heap grows between collections, unless GOGC
// says otherwise. A page leaves much garbage and little that lives: twice Go's
// default saves a sixth of the processor time for some 80 MB.
const heapGrowth = 200

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapGrowth)
	}
	if len(os.Args) > 1 && os.Args[1] == workerArgument {
		os.Exit(runWorker(os.Args[2:]))
	}
	os.Exit(run(context.Background(), os.Args, os.Stdin, os.Stdout, os.Stderr))
}

// runWorker is the program as a worker of itself. What a library prints goes to
// standard error: standard output is for messages alone.
func runWorker(arguments []string) int {
	stages, err := realStages()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitInternal
	}
	stages.guarded = true
	out := os.Stdout
	os.Stdout = os.Stderr
	return serveDocuments(stages, arguments, os.Stdin, out, os.Stderr)
}

// run is the program: arguments and streams in, exit code out. Data goes to
// stdout, everything else to stderr. The end of ctx ends the work at once.
func run(ctx context.Context, arguments []string, stdin io.Reader, stdout, stderr io.Writer) int {
	stages, err := realStages()
	s := &session{stages: stages, workerCommand: workerCommand, stdin: stdin, stdout: stdout, stderr: stderr}
	if err == nil {
		err = s.run(ctx, arguments)
	}
	return s.finish(err)
}

// session is one run of the program.
type session struct {
	stages stages
	// workerCommand starts a worker with a memory limit in bytes; nil: documents
	// are read in this process.
	workerCommand  func(maxMemory uint64) (*exec.Cmd, error)
	stdin          io.Reader
	stdout, stderr io.Writer

	// Set when the flags of the command are known.
	report    *reporter
	patience  patience
	jobs      int
	maxMemory uint64 // bytes for one worker; 0: no limit
	options   documentOptions
}

func (s *session) run(ctx context.Context, arguments []string) error {
	app := s.app()
	return app.RunContext(ctx, flagsFirst(arguments, app.Commands))
}

// finish says what went wrong and returns the exit code.
func (s *session) finish(err error) int {
	if err == nil {
		return exitOK
	}
	failure := asCommandError(err)
	report := s.report
	if report == nil {
		report = &reporter{stderr: s.stderr, now: time.Now}
	}
	report.fail(failure)
	return failure.code
}

func (s *session) app() *cli.App {
	app := &cli.App{
		Name:            "gongkai",
		Usage:           "turn Chinese fiscal-disclosure PDFs into datasets",
		Version:         buildVersion(),
		Reader:          s.stdin,
		Writer:          s.stdout,
		ErrWriter:       s.stderr,
		HideHelpCommand: true,
		ExitErrHandler:  func(*cli.Context, error) {},
		OnUsageError:    onUsageError,
		Commands:        []*cli.Command{convertCommand(s), retryCommand(s), tablesCommand(s), linesCommand(s), inspectCommand(s), checkCommand(s), codesCommand(s), schemaCommand(s)},
	}
	app.Action = func(flags *cli.Context) error {
		var names []string
		for _, command := range app.Commands {
			names = append(names, command.Name)
		}
		choice := "commands are " + strings.Join(names, ", ") + "; see gongkai --help"
		if name := flags.Args().First(); name != "" {
			return usageError(fmt.Sprintf("unknown command %q", name), choice)
		}
		return usageError("no command given", choice)
	}
	for _, command := range app.Commands {
		command.OnUsageError = onUsageError
		command.HideHelpCommand = true
	}
	return app
}

func onUsageError(flags *cli.Context, err error, _ bool) error {
	place := "gongkai"
	if flags.Command != nil && flags.Command.Name != "" && flags.Command.Name != place {
		place += " " + flags.Command.Name
	}
	return usageError(err.Error(), "see "+place+" --help")
}

// action is the frame of a command that reads documents: it checks the common
// flags and listens for signals.
func (s *session) action(command func(*session, *cli.Context) error) cli.ActionFunc {
	return func(flags *cli.Context) error {
		report, err := newReporter(s.stderr, flags.String("log-format"), flags.String("progress"))
		if err != nil {
			return err
		}
		s.report = report
		if s.jobs = flags.Int("jobs"); s.jobs < 1 {
			return usageError("--jobs must be at least 1", "leave it out to use all cores")
		}
		if err := s.readLimits(flags); err != nil {
			return err
		}
		var stopWatching func()
		s.patience, stopWatching = watchSignals(flags.Context, func(signal os.Signal) {
			report.warn("stopping after the documents in hand, because of the signal: "+signal.String(),
				"signal again to stop at once")
		})
		defer stopWatching()
		return command(s, flags)
	}
}

// readLimits reads the flags that shape how each document is read.
func (s *session) readLimits(flags *cli.Context) error {
	s.options = documentOptions{
		Password: flags.String("password"),
		Timeout:  flags.Duration("timeout-per-document"), PageTimeout: flags.Duration("timeout-per-page"),
	}
	for _, name := range []string{"timeout-per-document", "timeout-per-page"} {
		if flags.Duration(name) < 0 {
			return usageError("--"+name+" is negative", "write a time such as 90s or 5m, or 0 for none")
		}
	}
	var err error
	if s.maxMemory, err = parseBytes(flags.String("max-memory")); err != nil {
		return usageError("--max-memory "+err.Error(), "write a size such as 800MB or 2GB, or 0 for no limit")
	}
	if s.maxMemory > 0 && s.maxMemory < smallestMemory {
		return usageError("--max-memory is less than a worker needs to begin", "give at least "+formatBytes(smallestMemory))
	}
	return nil
}

// listInputs finds the documents behind the command's arguments.
func (s *session) listInputs(flags *cli.Context) (*inputSet, error) {
	if flags.NArg() == 0 {
		return nil, usageError("no input given", "name files or folders, or - for a list on standard input")
	}
	set, err := listInputs(flags.Args().Slice(), s.stdin, flags.Bool("null"), newFetcher(s.patience.stop, s.options.Timeout))
	if err != nil {
		return nil, err
	}
	for _, warning := range set.warnings {
		s.report.warn(warning, "folders and archives are searched for *.pdf")
	}
	return set, nil
}

// nothingToDo is the end of a run without inputs.
func (s *session) nothingToDo(failIfEmpty bool) error {
	if failIfEmpty {
		return &commandError{exitEmpty, "there is no input document", "check the folder, or leave out --fail-if-empty"}
	}
	return nil
}

// verdict is how a run over inputs ends: by a signal, with failed or partial
// documents, which have been reported already, or well.
func (s *session) verdict(counts tally, inputs int) error {
	if signal := interruption(s.patience.stop); signal != nil {
		failure := asCommandError(signal)
		failure.message += fmt.Sprintf("; %d of %d inputs were not begun", inputs-counts.Inputs, inputs)
		return failure
	}
	if code := counts.verdict(); code != exitOK {
		return &commandError{code: code}
	}
	return nil
}

// exitCodeOf is the exit code that an error leads to.
func exitCodeOf(err error) int {
	if err == nil {
		return exitOK
	}
	return asCommandError(err).code
}
