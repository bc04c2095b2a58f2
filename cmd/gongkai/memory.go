package main

import (
	"fmt"
	"math"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"
)

// Shares of --max-memory. From the first on the collector works harder; at the
// second the process gives up. What is left is for the program's own text and for
// what is allocated between two looks at the memory.
const (
	collectShare = 0.75
	giveUpShare  = 0.92
)

// memoryEvery is how often a process looks at its memory: a library that allocates
// as fast as it can gets some 20 MB in this time.
const memoryEvery = 10 * time.Millisecond

// smallestMemory is the least --max-memory that lets a worker begin (bytes).
const smallestMemory = 64_000_000

// memorySamples are the two figures that make up what the runtime holds.
func memorySamples() []metrics.Sample {
	return []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
}

// memoryHeld is the memory that the Go runtime has of the system, in bytes.
func memoryHeld() uint64 {
	samples := memorySamples()
	metrics.Read(samples)
	return samples[0].Value.Uint64() - samples[1].Value.Uint64()
}

// limitMemory keeps this process below a number of bytes as far as collecting
// garbage can, and calls exceeded once when it cannot. It watches until the
// returned function is called; 0 is no limit.
func limitMemory(bytes uint64, exceeded func()) (stop func()) {
	if bytes == 0 {
		return func() {}
	}
	debug.SetMemoryLimit(int64(collectShare * float64(bytes)))
	giveUp := uint64(giveUpShare * float64(bytes))
	done := make(chan struct{})
	go func() {
		samples := memorySamples()
		tick := time.NewTicker(memoryEvery)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				metrics.Read(samples)
				if samples[0].Value.Uint64()-samples[1].Value.Uint64() > giveUp {
					exceeded()
					return
				}
			}
		}
	}()
	return func() { close(done) }
}

// byteUnits are the units a size may have, the longer names first.
var byteUnits = []struct {
	name  string
	bytes float64
}{
	{"kib", 1 << 10}, {"mib", 1 << 20}, {"gib", 1 << 30},
	{"kb", 1e3}, {"mb", 1e6}, {"gb", 1e9},
	{"k", 1e3}, {"m", 1e6}, {"g", 1e9}, {"b", 1}, {"", 1},
}

// parseBytes reads a size such as 1GB, 1.5 GiB or 800m.
func parseBytes(text string) (uint64, error) {
	lower := strings.ToLower(strings.TrimSpace(text))
	for _, unit := range byteUnits {
		digits, found := strings.CutSuffix(lower, unit.name)
		if !found {
			continue
		}
		number, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
		if err != nil || !(number >= 0) || number*unit.bytes > math.MaxInt64/2 {
			break
		}
		return uint64(number * unit.bytes), nil
	}
	return 0, fmt.Errorf("%q is no size", text)
}

// formatBytes writes a size as a person would give it.
func formatBytes(bytes uint64) string {
	switch {
	case bytes >= 1e9:
		return strconv.FormatFloat(float64(bytes)/1e9, 'g', 4, 64) + " GB"
	default:
		return strconv.FormatFloat(float64(bytes)/1e6, 'g', 4, 64) + " MB"
	}
}
