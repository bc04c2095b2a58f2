// Command gongkai turns Chinese fiscal-disclosure PDFs into datasets.
//
// Start with convert.go: list the inputs (inputs.go, archives.go), make a batch
// of each document (document.go) in parallel (parallel.go), publish the batches,
// account for every input (tally.go, runrecord.go). tables.go and lines.go do
// the same for a few documents and write to standard output; schema.go tells
// the fields, codes.go the code lists. main.go holds the frame of all commands, flags.go their flags,
// failures.go the exit codes and hints, report.go what a person sees while it
// runs.
//
// No file can take a run down: workers.go has documents read in child processes
// of this program (worker.go), with a deadline for each page and document and a
// limit on memory (memory.go), and goes on with a fresh one when one dies.
// message.go is what the two say to each other. A command with a single document
// reads it in its own process (alone.go).
package main
