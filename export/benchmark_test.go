package export

import (
	"context"
	"io"
	"testing"
)

// benchmarkCells is how many cells a benchmark writes, in documents of 4,000.
const benchmarkCells = 100_000

func reportPerCell(b *testing.B, cells int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(cells), "ns/cell")
}

func BenchmarkPublish(b *testing.B) {
	store, dataset := storeOf(b)
	for number := range benchmarkCells / 4000 {
		batch := syntheticBatch(number, 4000)
		if err := store.Put(keyOf(batch), batch); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Publish(context.Background(), store, dataset, PublishOptions{}); err != nil {
			b.Fatal(err)
		}
	}
	reportPerCell(b, benchmarkCells)
}

func BenchmarkCellsCSV(b *testing.B) {
	cells := syntheticBatch(1, benchmarkCells).Cells
	encoder := newCSVEncoder(cellsTable().columns)
	var line []byte
	bytes := 0
	b.ReportAllocs()
	for b.Loop() {
		bytes = 0
		for i := range cells {
			line = encoder.appendRow(line[:0], &cells[i])
			bytes += len(line)
		}
	}
	reportPerCell(b, len(cells))
	b.ReportMetric(float64(bytes)/float64(len(cells)), "B/cell")
}

func BenchmarkCellsParquet(b *testing.B) {
	cells := syntheticBatch(1, benchmarkCells).Cells
	table := cellsTable()
	b.ReportAllocs()
	for b.Loop() {
		w, err := newParquetWriter(io.Discard, testCompressor(b), &table.Dataset, table.columns)
		if err != nil {
			b.Fatal(err)
		}
		if err := w.write(cells); err != nil {
			b.Fatal(err)
		}
		if err := w.close(); err != nil {
			b.Fatal(err)
		}
	}
	reportPerCell(b, len(cells))
}

func BenchmarkStorePut(b *testing.B) {
	store, _ := storeOf(b)
	batch := syntheticBatch(1, 4000)
	b.ReportAllocs()
	for b.Loop() {
		if err := store.Put(keyOf(batch), batch); err != nil {
			b.Fatal(err)
		}
	}
	reportPerCell(b, 4000)
}

func BenchmarkStoreLoad(b *testing.B) {
	batch := syntheticBatch(1, 4000)
	store, _ := storeOf(b, batch)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := store.Load(keyOf(batch)); err != nil {
			b.Fatal(err)
		}
	}
	reportPerCell(b, 4000)
}
