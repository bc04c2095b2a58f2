package export

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/s2"

	"gongkai/normalize"
)

// A batch file is a short head and the compressed batch:
//
//	"gkbs"  store version (1 byte)  normalize.BatchFormat (1 byte)  CRC-32C of the rest (4 bytes)  S2 block
//
// The checksum over the compressed bytes lets Has vouch for a file without
// decompressing it. S2 takes a fifth of the time of zstd, and a batch is small already:
// what repeats in it is a number.
const (
	storeMagic   = "gkbs"
	storeVersion = 2
	storeHead    = len(storeMagic) + 2 + 4
)

const (
	batchFolder      = "_work/batches"
	batchSuffix      = ".batch"
	temporarySuffix  = ".partial"
	idDigits         = 32      // of the document id, in a batch file's name
	keyDigits        = 16      // of the digest of version and configuration
	maxDecompression = 1 << 30 // bytes; a document of a million cells has some hundred million
	folderMode       = 0o777   // less the umask
)

// ErrNoBatch says that the store has no batch, or none that can be used, under a key.
var ErrNoBatch = errors.New("no batch")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Key names a batch: what was read, by which program, with which settings.
type Key struct {
	SHA256  string // of the document's bytes, hex
	Version string // of the extractor
	Config  string // digest or text of every setting that changes the output
}

// name is the key's file name. It begins with the document id, so that the order
// of names is the order of documents.
func (k Key) name() (string, error) {
	if len(k.SHA256) != sha256.Size*2 || strings.Trim(k.SHA256, "0123456789abcdef") != "" {
		return "", fmt.Errorf("batch key: %q is no SHA-256 in lower-case hex", k.SHA256)
	}
	settings := sha256.Sum256([]byte(k.Version + "\x00" + k.Config))
	return k.SHA256[:idDigits] + "-" + hex.EncodeToString(settings[:])[:keyDigits] + batchSuffix, nil
}

// documentPart is what all batches of one document have in common in their names.
func documentPart(name string) string { return name[:min(len(name), idDigits)] }

// Store keeps the batches of a dataset, one file a document. It is the resume
// journal and the cache that makes a second run cheap: who finds the file need
// not make it. A Store may be used by several goroutines.
type Store struct {
	folder string
	serial atomic.Int64 // makes temporary names unique

	mutex sync.Mutex
	names map[string]string // batch file by document part
}

// OpenStore opens the batch store of a dataset folder and makes it when it is
// not there. What an interrupted Put left behind is removed. Errors are *OutputError.
func OpenStore(dataset string) (*Store, error) {
	s := &Store{folder: filepath.Join(dataset, filepath.FromSlash(batchFolder)), names: make(map[string]string)}
	if err := os.MkdirAll(s.folder, folderMode); err != nil {
		return nil, outputError(s.folder, err)
	}
	entries, err := os.ReadDir(s.folder)
	if err != nil {
		return nil, outputError(s.folder, err)
	}
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case strings.HasSuffix(name, temporarySuffix):
			if err := os.Remove(filepath.Join(s.folder, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, outputError(filepath.Join(s.folder, name), err)
			}
		case strings.HasSuffix(name, batchSuffix):
			s.names[documentPart(name)] = name
		}
	}
	return s, nil
}

func (s *Store) path(name string) string { return filepath.Join(s.folder, name) }

// Has tells whether Load will find the batch: the file is there, whole and of
// this version. Whoever gets false makes the batch again.
func (s *Store) Has(key Key) bool {
	name, err := key.name()
	if err == nil {
		_, err = s.readFile(name)
	}
	return err == nil
}

// readFile gives the compressed batch of a file whose head and checksum are right.
func (s *Store) readFile(name string) ([]byte, error) {
	path := s.path(name)
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w at %s", ErrNoBatch, path)
	case err != nil:
		return nil, outputError(path, err)
	case len(data) < storeHead || string(data[:len(storeMagic)]) != storeMagic:
		return nil, fmt.Errorf("%w: %s is no batch file", ErrNoBatch, path)
	case data[len(storeMagic)] != storeVersion || data[len(storeMagic)+1] != normalize.BatchFormat:
		return nil, fmt.Errorf("%w: %s was written by another version", ErrNoBatch, path)
	case crc32.Checksum(data[storeHead:], castagnoli) != binary.LittleEndian.Uint32(data[storeHead-4:]):
		return nil, fmt.Errorf("%w: %s is damaged", ErrNoBatch, path)
	}
	return data[storeHead:], nil
}

// Load reads a batch. The error is ErrNoBatch, wrapped, when there is none or
// when it is damaged or of another version; else an *OutputError.
func (s *Store) Load(key Key) (*normalize.Batch, error) {
	name, err := key.name()
	if err != nil {
		return nil, err
	}
	return s.loadFile(name, new([]byte))
}

// loadFile reads a batch by way of a buffer that the next one may use again.
func (s *Store) loadFile(name string, buffer *[]byte) (*normalize.Batch, error) {
	batch := new(normalize.Batch)
	if err := s.readInto(batch, name, buffer); err != nil {
		return nil, err
	}
	return batch, nil
}

func (s *Store) readInto(batch *normalize.Batch, name string, buffer *[]byte) error {
	compressed, err := s.readFile(name)
	if err != nil {
		return err
	}
	data, err := decompress(*buffer, compressed)
	if err == nil {
		*buffer = data
		err = batch.UnmarshalBinary(data)
	}
	if err != nil {
		return fmt.Errorf("%w: %s: %v", ErrNoBatch, s.path(name), err)
	}
	return nil
}

// decompress gives the plain batch, in the memory of buffer where it is large enough.
func decompress(buffer, compressed []byte) ([]byte, error) {
	size, err := s2.DecodedLen(compressed)
	if err != nil {
		return nil, err
	}
	if size > maxDecompression {
		return nil, fmt.Errorf("a batch of %d bytes, at most %d", size, maxDecompression)
	}
	return s2.Decode(buffer[:cap(buffer)], compressed)
}

// Put keeps a batch. It replaces the one under the same key, and any batch of the
// same document made by another version or with other settings. The file appears
// whole or not at all.
func (s *Store) Put(key Key, batch *normalize.Batch) error {
	name, err := key.name()
	if err != nil {
		return err
	}
	return s.putFile(name, batch)
}

// PutBinary is Put for a batch in its binary form, as Batch.AppendBinary makes it.
func (s *Store) PutBinary(key Key, batch []byte) error {
	name, err := key.name()
	if err != nil {
		return err
	}
	return s.putBinary(name, batch)
}

func (s *Store) putFile(name string, batch *normalize.Batch) error {
	plain, err := batch.AppendBinary(nil)
	if err != nil {
		return fmt.Errorf("batch of document %s: %w", batch.Document.ID, err)
	}
	return s.putBinary(name, plain)
}

func (s *Store) putBinary(name string, plain []byte) error {
	largest := s2.MaxEncodedLen(len(plain))
	if largest < 0 || len(plain) > maxDecompression {
		return fmt.Errorf("batch %s: %d bytes, at most %d", name, len(plain), maxDecompression)
	}
	data := make([]byte, storeHead+largest)
	copy(data, storeMagic)
	data[len(storeMagic)], data[len(storeMagic)+1] = storeVersion, normalize.BatchFormat
	data = data[:storeHead+len(s2.Encode(data[storeHead:], plain))]
	binary.LittleEndian.PutUint32(data[storeHead-4:], crc32.Checksum(data[storeHead:], castagnoli))

	temporary := s.path(fmt.Sprintf("%s.%d%s", name, s.serial.Add(1), temporarySuffix))
	if err := writeSynced(temporary, data); err != nil {
		return err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	// The old batch goes first: a crash in between costs one document's work, while
	// two batches of one document would put it into the dataset twice.
	if old := s.names[documentPart(name)]; old != "" && old != name {
		if err := os.Remove(s.path(old)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return outputError(s.path(old), err)
		}
	}
	if err := os.Rename(temporary, s.path(name)); err != nil {
		return outputError(s.path(name), err)
	}
	s.names[documentPart(name)] = name
	return nil
}

// Prune drops the sources that keep refuses, and the documents that have no
// source left. It returns the number of documents dropped.
func (s *Store) Prune(keep func(normalize.Source) bool) (dropped int, err error) {
	names, err := s.list()
	if err != nil {
		return 0, err
	}
	var buffer []byte
	for _, name := range names {
		batch, err := s.loadFile(name, &buffer)
		if errors.Is(err, ErrNoBatch) {
			continue // whoever wants that document makes it again
		}
		if err != nil {
			return dropped, err
		}
		before := len(batch.Sources)
		batch.Sources = slices.DeleteFunc(batch.Sources, func(source normalize.Source) bool { return !keep(source) })
		switch len(batch.Sources) {
		case before:
		case 0:
			err = s.remove(name)
			dropped++
		default:
			err = s.putFile(name, batch)
		}
		if err != nil {
			return dropped, err
		}
	}
	return dropped, nil
}

func (s *Store) remove(name string) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := os.Remove(s.path(name)); err != nil {
		return outputError(s.path(name), err)
	}
	delete(s.names, documentPart(name))
	return nil
}

// list gives the names of the batch files in order, one for each document.
func (s *Store) list() ([]string, error) {
	entries, err := os.ReadDir(s.folder)
	if err != nil {
		return nil, outputError(s.folder, err)
	}
	names := make([]string, 0, len(entries))
	for _, entry := range entries { // in order of name
		name := entry.Name()
		if !strings.HasSuffix(name, batchSuffix) {
			continue
		}
		if last := len(names) - 1; last >= 0 && documentPart(names[last]) == documentPart(name) {
			names[last] = name // left by a program that shared the folder
			continue
		}
		names = append(names, name)
	}
	return names, nil
}

// Documents gives every batch in order of document id, loading one at a time. A
// file that cannot be used gives an error (ErrNoBatch when it is damaged) and the
// loop may go on.
func (s *Store) Documents() iter.Seq2[*normalize.Batch, error] { return s.all(newBatch) }

// inTurn is Documents with each batch in the memory of the one before: it is there
// until the loop goes on.
func (s *Store) inTurn() iter.Seq2[*normalize.Batch, error] {
	batch := newBatch()
	return s.all(func() *normalize.Batch { return batch })
}

func newBatch() *normalize.Batch { return new(normalize.Batch) }

func (s *Store) all(next func() *normalize.Batch) iter.Seq2[*normalize.Batch, error] {
	return func(yield func(*normalize.Batch, error) bool) {
		names, err := s.list()
		if err != nil {
			yield(nil, err)
			return
		}
		s.files(names, next)(yield)
	}
}

// documents gives the batches of the documents with these ids.
func (s *Store) documents(ids []string) iter.Seq2[*normalize.Batch, error] {
	names := make([]string, 0, len(ids))
	s.mutex.Lock()
	for _, id := range ids {
		names = append(names, s.names[documentPart(id)])
	}
	s.mutex.Unlock()
	return s.files(names, newBatch)
}

// files reads one file after the other, each into the batch that next gives.
func (s *Store) files(names []string, next func() *normalize.Batch) iter.Seq2[*normalize.Batch, error] {
	return func(yield func(*normalize.Batch, error) bool) {
		var buffer []byte
		for _, name := range names {
			batch := next()
			err := s.readInto(batch, name, &buffer)
			if err != nil {
				batch = nil
			}
			if !yield(batch, err) {
				return
			}
		}
	}
}

// digest is the same for the same batches. It reads their heads only, which hold
// their checksums.
func (s *Store) digest() (string, error) {
	names, err := s.list()
	if err != nil {
		return "", err
	}
	digest := sha256.New()
	head := make([]byte, storeHead)
	for _, name := range names {
		file, err := os.Open(s.path(name))
		if err != nil {
			return "", outputError(s.path(name), err)
		}
		n, err := io.ReadFull(file, head)
		file.Close()
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return "", outputError(s.path(name), err)
		}
		fmt.Fprintf(digest, "%s %x\n", name, head[:n])
	}
	return hex.EncodeToString(digest.Sum(nil)), nil
}

// writeSynced writes a file and waits until it is on the disk.
func writeSynced(path string, data []byte) error {
	file, err := os.Create(path)
	if err != nil {
		return outputError(path, err)
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		os.Remove(path)
	}
	return outputError(path, err)
}
