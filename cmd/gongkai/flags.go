package main

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
)

// defaultTimeout is how long one document may take. The longest real disclosures,
// 400 pages, take about a second.
const defaultTimeout = 300 * time.Second

// defaultPageTimeout is how long one page may take, and each step before and after
// the pages. The slowest real pages take some hundred milliseconds, the largest
// files open in a few seconds; the rest is for busy machines.
const defaultPageTimeout = 30 * time.Second

// defaultMemory is what one worker may take. The largest real disclosures need
// half of it.
const defaultMemory = "1GB"

// environment is the variable a flag also reads.
func environment(flag string) []string {
	return []string{"GONGKAI_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))}
}

func textFlag(name, value, usage string, aliases ...string) cli.Flag {
	return &cli.StringFlag{Name: name, Value: value, Usage: usage, Aliases: aliases, EnvVars: environment(name)}
}

func switchFlag(name, usage string, aliases ...string) cli.Flag {
	return &cli.BoolFlag{Name: name, Usage: usage, Aliases: aliases, EnvVars: environment(name)}
}

// documentFlags are those of every command that reads documents it is given.
func documentFlags(own ...cli.Flag) []cli.Flag {
	return append(readingFlags(own...), switchFlag("null", "the list on standard input is separated by NUL", "0"))
}

// readingFlags shape how documents are read.
func readingFlags(own ...cli.Flag) []cli.Flag {
	return append(own,
		&cli.IntFlag{Name: "jobs", Value: runtime.GOMAXPROCS(0), DefaultText: "number of cores",
			Usage: "documents read at the same time", EnvVars: environment("jobs")},
		textFlag("password", "", "password of encrypted documents"),
		&cli.DurationFlag{Name: "timeout-per-document", Value: defaultTimeout,
			Usage: "longest time for one document, such as 90s or 5m; 0 for none", EnvVars: environment("timeout-per-document")},
		&cli.DurationFlag{Name: "timeout-per-page", Value: defaultPageTimeout,
			Usage: "longest time for one page, such as 10s; 0 for none", EnvVars: environment("timeout-per-page")},
		textFlag("max-memory", defaultMemory, "most memory for one document in work, such as 800MB; 0 for no limit"),
		textFlag("progress", progressAuto, "progress on standard error: auto, bar, json or none"),
		textFlag("log-format", logText, "messages on standard error: text or json"),
	)
}

// oneOf checks the value of a flag that takes one of a few words.
func oneOf(flag, value string, words ...string) error {
	if slices.Contains(words, value) {
		return nil
	}
	return usageError(fmt.Sprintf("--%s %q is unknown", flag, value), "use one of "+strings.Join(words, ", "))
}

// flagsFirst moves the flags of a command before its other arguments, because
// people write them in any order and the flag parser stops at the first
// argument. What follows -- is no flag.
func flagsFirst(arguments []string, commands []*cli.Command) []string {
	if len(arguments) < 2 {
		return arguments
	}
	at := slices.IndexFunc(commands, func(c *cli.Command) bool { return c.HasName(arguments[1]) })
	if at < 0 {
		return arguments
	}
	flags, others := slices.Clone(arguments[:2]), []string{}
	rest := arguments[2:]
	for len(rest) > 0 {
		argument := rest[0]
		rest = rest[1:]
		if argument == "--" {
			others = append(others, rest...)
			break
		}
		if len(argument) < 2 || argument[0] != '-' {
			others = append(others, argument)
			continue
		}
		flags = append(flags, argument)
		if takesValue(commands[at], argument) && len(rest) > 0 {
			flags = append(flags, rest[0])
			rest = rest[1:]
		}
	}
	return append(append(flags, "--"), others...)
}

// takesValue tells whether the next argument is the value of this flag.
func takesValue(command *cli.Command, argument string) bool {
	name := strings.TrimLeft(argument, "-")
	for _, flag := range command.Flags {
		if slices.Contains(flag.Names(), name) {
			_, isSwitch := flag.(*cli.BoolFlag)
			return !isSwitch
		}
	}
	return false
}
