package normalize

import (
	"testing"
)

// BenchmarkNormalize reads all gold documents; the time a page is what counts.
func BenchmarkNormalize(b *testing.B) {
	book := embeddedBook(b)
	for _, folder := range goldFolders(b) {
		gold, document := loadGold(b, folder)
		pages, cells := 0, 0
		for _, table := range gold.Tables {
			pages += table.Pages[1] - table.Pages[0] + 1
		}
		for _, table := range document.Tables {
			cells += len(table.Grid) * len(table.Grid[0])
		}
		b.Run(gold.Doc, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Normalize(document, book)
			}
			perPage := float64(b.Elapsed().Microseconds()) / float64(b.N) / float64(pages)
			b.ReportMetric(perPage, "µs/page")
			b.ReportMetric(float64(cells)/float64(pages), "cells/page")
		})
	}
}

func BenchmarkScanAmount(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		scanAmount("1,234.56")
	}
}
