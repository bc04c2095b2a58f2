package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"gongkai/extract"
)

// Bounds of an archive. A year's disclosures of a province are some 10,000
// documents in 30 GB; what goes beyond these counts is made to do harm.
const (
	maxMembers      = 200_000
	maxArchiveBytes = 128 << 30 // unpacked
	// maxPacking is the highest ratio of unpacked to packed size. PDFs hold
	// packed streams and seldom shrink to less than half; deflate's own limit,
	// which bombs come near, is 1032.
	maxPacking = 200
	// smallArchiveBytes is what any archive may unpack to, however well it packs.
	smallArchiveBytes = 64 << 20
	// zipEncrypted is the bit of the general purpose flags that says so.
	zipEncrypted = 0x1
)

func isCompressedTar(lower string) bool {
	return strings.HasSuffix(lower, ".tar.gz") || strings.HasSuffix(lower, ".tgz")
}

// isArchiveName tells whether a file may hold documents that only unpacking shows.
func isArchiveName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".zip", ".tar", ".tgz", ".rar", ".7z", ".gz":
		return !strings.HasPrefix(path.Base(name), "._")
	}
	return false
}

// namesOfMember names one member of an archive archive!/member.
func namesOfMember(archive, member string) names {
	return names{
		File:     readableName(archive) + "!/" + member,
		Source:   sourceOfFile(archive) + "!/" + member,
		Member:   member,
		Location: locationOfFile(archive),
	}
}

// memberFailure tells why a member must not be read whatever it holds, or nil.
func memberFailure(name string) *extract.Failure {
	clean := path.Clean(name)
	if isArchiveName(name) {
		return &extract.Failure{Stage: "input", Class: classArchive, Message: "an archive inside an archive is not opened"}
	}
	if clean == ".." || strings.HasPrefix(clean, "../") || path.IsAbs(name) || strings.ContainsAny(name, "\\\x00") {
		return &extract.Failure{Stage: "input", Class: classArchive, Message: "the member's path leads out of the archive"}
	}
	return nil
}

// isTaken tells whether a member is accounted for: as a document, or as an archive
// that stays closed.
func isTaken(name string) bool { return isDisclosureName(name) || isArchiveName(name) }

func linkFailure() *extract.Failure {
	return &extract.Failure{Stage: "input", Class: classArchive, Message: "the member is a link or a device, no file"}
}

// addZip lists the PDFs of a zip archive in the order of its directory.
func (s *inputSet) addZip(archive string) {
	reader, err := zip.OpenReader(archive)
	if err != nil {
		s.addBrokenArchive(archive, err)
		return
	}
	s.closers = append(s.closers, reader)
	if len(reader.File) > maxMembers {
		s.addBrokenArchive(archive, fmt.Errorf("more than %d members", maxMembers))
		return
	}
	before := len(s.inputs)
	unpacked := uint64(0)
	for _, member := range reader.File {
		name := readableName(member.Name)
		if !isTaken(path.Base(name)) || member.FileInfo().IsDir() {
			continue
		}
		called := namesOfMember(archive, name)
		in := input{names: called, read: fromBytes(readZipMember(member))}
		unpacked += min(member.UncompressedSize64, maxArchiveBytes)
		switch failure := memberFailure(name); {
		case failure != nil:
			in = failing(called, failure)
		case !member.Mode().IsRegular():
			in = failing(called, linkFailure())
		case member.Flags&zipEncrypted != 0:
			in = failing(called, &extract.Failure{Stage: "input", Class: classArchive, Message: "the member is encrypted by zip"})
		case unpacked > maxArchiveBytes || member.UncompressedSize64/maxPacking > member.CompressedSize64:
			in = failing(called, &extract.Failure{Stage: "input", Class: "limit", Message: "the archive unpacks to far more than documents do"})
		}
		s.inputs = append(s.inputs, in)
	}
	if len(s.inputs) == before {
		s.warnings = append(s.warnings, fmt.Sprintf("%s holds no PDF", archive))
	}
}

func readZipMember(member *zip.File) func() ([]byte, *extract.Failure) {
	return func() ([]byte, *extract.Failure) {
		reader, err := member.Open()
		if err != nil {
			return nil, archiveFailure(err)
		}
		defer reader.Close()
		if member.UncompressedSize64 > maxDocumentBytes {
			return nil, tooLarge()
		}
		size := int64(member.UncompressedSize64)
		content, failure := readBounded(io.LimitReader(reader, size+1), size)
		switch {
		case failure != nil && failure.Class == classUnreadable:
			failure.Class = classArchive
		case int64(len(content)) > size:
			return nil, archiveFailure(errors.New("the member is longer than the archive says"))
		}
		return content, failure
	}
}

// addTar lists the PDFs of a tar archive. The archive is read once to list them
// and a second time, in the same order, for their bytes.
func (s *inputSet) addTar(archive string) {
	stream := &tarStream{archive: archive}
	defer stream.Close()
	before := len(s.inputs)
	unpacked := int64(0)
	for members := 0; ; members++ {
		header, err := stream.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			unpacked += header.Size
			if members > maxMembers || unpacked > stream.bound() {
				err = errors.New("it unpacks to far more than documents do")
			}
		}
		if err != nil {
			s.addBrokenArchive(archive, err)
			break
		}
		if header.Typeflag == tar.TypeDir || !isTaken(path.Base(header.Name)) {
			continue
		}
		called := namesOfMember(archive, readableName(header.Name))
		in := input{names: called, sequential: true, read: fromBytes(s.tarReader(archive, members))}
		switch failure := memberFailure(header.Name); {
		case failure != nil:
			in = failing(called, failure)
		case header.Typeflag != tar.TypeReg:
			in = failing(called, linkFailure())
		case header.Size > maxDocumentBytes:
			in = failing(called, tooLarge())
		default:
			sum := sha256.New()
			if _, err := io.Copy(sum, stream.members); err != nil {
				in = failing(called, archiveFailure(err))
				break
			}
			in.hash = hex.EncodeToString(sum.Sum(nil))
		}
		s.inputs = append(s.inputs, in)
	}
	if len(s.inputs) == before {
		s.warnings = append(s.warnings, fmt.Sprintf("%s holds no PDF", archive))
	}
}

// tarReader returns a reader of the member with the given number. The readers
// of one archive share a stream, which goes forward only.
func (s *inputSet) tarReader(archive string, number int) func() ([]byte, *extract.Failure) {
	stream, found := s.lastTar(archive)
	if !found {
		stream = &tarStream{archive: archive}
		s.closers = append(s.closers, stream)
	}
	return func() ([]byte, *extract.Failure) {
		for {
			if stream.position > number {
				stream.Close()
			}
			header, err := stream.next()
			if err != nil {
				return nil, archiveFailure(err)
			}
			if stream.position == number+1 {
				return readBounded(stream.members, header.Size)
			}
		}
	}
}

// lastTar is the stream opened for the archive that is being listed.
func (s *inputSet) lastTar(archive string) (*tarStream, bool) {
	if len(s.closers) == 0 {
		return nil, false
	}
	stream, isTar := s.closers[len(s.closers)-1].(*tarStream)
	return stream, isTar && stream.archive == archive
}

// tarStream reads a tar archive from its beginning; after Close it starts anew.
type tarStream struct {
	archive  string
	file     *os.File
	members  *tar.Reader
	position int // number of members passed
}

// next goes to the next member, opening the archive when it is not open.
func (t *tarStream) next() (*tar.Header, error) {
	if t.file == nil {
		file, err := os.Open(t.archive)
		if err != nil {
			return nil, err
		}
		t.file, t.position = file, 0
		var reader io.Reader = file
		if isCompressedTar(strings.ToLower(t.archive)) {
			if reader, err = gzip.NewReader(file); err != nil {
				return nil, err
			}
		}
		t.members = tar.NewReader(reader)
	}
	header, err := t.members.Next()
	if err == nil {
		t.position++
	}
	return header, err
}

// bound is how many bytes the archive may unpack to. One that is not compressed
// holds more than its length only where it leaves out zeros.
func (t *tarStream) bound() int64 {
	info, err := t.file.Stat()
	if err != nil {
		return smallArchiveBytes
	}
	packing := int64(1)
	if isCompressedTar(strings.ToLower(t.archive)) {
		packing = maxPacking
	}
	return min(maxArchiveBytes, max(smallArchiveBytes, info.Size()*packing))
}

// Close closes the archive; closing twice does no harm.
func (t *tarStream) Close() error {
	if t.file == nil {
		return nil
	}
	err := t.file.Close()
	t.file, t.members = nil, nil
	return err
}

// addBrokenArchive accounts for an archive, or the rest of it, that cannot be listed.
func (s *inputSet) addBrokenArchive(archive string, err error) {
	s.inputs = append(s.inputs, failing(namesOfFile(archive), archiveFailure(err)))
}

func archiveFailure(err error) *extract.Failure {
	return &extract.Failure{Stage: "input", Class: classArchive, Message: "the archive cannot be read: " + err.Error(), Retryable: true}
}
