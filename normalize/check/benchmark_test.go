package check_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gongkai/extract"
	"gongkai/normalize"
	"gongkai/normalize/check"
	"gongkai/normalize/codebook"
)

// BenchmarkCheck measures checking beside reading the same documents: the share
// is what it adds to the time of a conversion.
func BenchmarkCheck(b *testing.B) {
	book, err := codebook.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join("..", "..", "fixtures", "seed-qinhuangdao-2021", "*.pdf"))
	if err != nil || len(files) == 0 {
		b.Fatalf("no seed documents: %v", err)
	}
	for _, file := range files {
		bytes, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(filepath.Base(file), func(b *testing.B) {
			b.ReportAllocs()
			var reading, checking time.Duration
			for b.Loop() {
				start := time.Now()
				document, err := extract.Read(context.Background(), extract.NewSource(file, file, bytes), extract.Options{})
				if err != nil {
					b.Fatal(err)
				}
				batch := normalize.Normalize(document, book)
				read := time.Now()
				check.Check(batch)
				reading, checking = reading+read.Sub(start), checking+time.Since(read)
			}
			b.ReportMetric(float64(checking.Microseconds())/float64(b.N), "µs-checking/op")
			b.ReportMetric(100*float64(checking)/float64(reading+checking), "share-%")
		})
	}
}
