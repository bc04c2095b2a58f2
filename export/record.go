package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
)

// publicationFile tells the next run what this one published and of what, so that a
// run without changes need not publish again. It is no part of the dataset.
const publicationFile = "_work/published.json"

// publicationRecord is the content of publicationFile.
type publicationRecord struct {
	folder  string
	Batches string             `json:"batches"` // digest of the store
	Program string             `json:"program"` // digest of the schemas, size and time of the program's file
	Options PublishOptions     `json:"options"`
	Summary publicationSummary `json:"summary"`
}

type publicationSummary struct {
	Documents map[string]int `json:"documents"`
	Pages     int            `json:"pages"`
	Tables    int            `json:"tables"`
	Cells     int            `json:"cells"`
	Lines     int            `json:"lines"`
	Findings  int            `json:"findings"`
	Files     []File         `json:"files"`
}

func newPublicationRecord(folder, digest string, options PublishOptions) *publicationRecord {
	return &publicationRecord{folder: folder, Batches: digest, Program: programDigest(), Options: options}
}

// programDigest changes with what Publish would write of the same batches: with
// the schemas, and with the program itself. It is empty when the program cannot be
// found, and then nothing counts as unchanged.
func programDigest() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(name)
	if err != nil {
		return ""
	}
	digest := sha256.New()
	if err := json.NewEncoder(digest).Encode([]any{info.Size(), info.ModTime().UnixNano(), Schemas()}); err != nil {
		return ""
	}
	return hex.EncodeToString(digest.Sum(nil))
}

// unchanged gives the summary of the publication on show when this one would be
// the same and nobody has touched its files.
func (r *publicationRecord) unchanged() (Summary, bool) {
	content, err := os.ReadFile(r.path())
	var earlier publicationRecord
	if err != nil || json.Unmarshal(content, &earlier) != nil || r.Program == "" || earlier.Program != r.Program ||
		earlier.Batches != r.Batches || !earlier.Options.equal(r.Options) {
		return Summary{}, false
	}
	s := earlier.Summary
	if !onShow(r.folder, s.Files) {
		return Summary{}, false
	}
	return Summary{Documents: s.Documents, Pages: s.Pages, Tables: s.Tables, Cells: s.Cells, Lines: s.Lines, Findings: s.Findings, Files: s.Files}, true
}

// onShow tells whether these are the files on show: the descriptor, which has the
// hashes of the others, is the same, the others have their size, and no publication
// was interrupted since.
func onShow(dataset string, files []File) bool {
	if _, err := os.Lstat(filepath.Join(dataset, filepath.FromSlash(generationFolder))); err == nil {
		return false
	}
	for _, file := range files {
		path := filepath.Join(dataset, filepath.FromSlash(file.Path))
		info, err := os.Lstat(path)
		if err != nil || !info.Mode().IsRegular() || info.Size() != file.Bytes {
			return false
		}
		if file.Path != descriptorFile {
			continue
		}
		content, err := os.ReadFile(path)
		if sum := sha256.Sum256(content); err != nil || hex.EncodeToString(sum[:]) != file.SHA256 {
			return false
		}
	}
	return true
}

func (o PublishOptions) equal(other PublishOptions) bool {
	return o.CSVBOM == other.CSVBOM && o.Excel == other.Excel && o.License == other.License && slices.Equal(o.Partition, other.Partition)
}

// keep writes the record. A publication that left batches out is not recorded:
// the next run says so again.
func (r *publicationRecord) keep(s Summary) error {
	if len(s.Unusable) > 0 {
		return outputError(r.path(), os.RemoveAll(r.path()))
	}
	r.Summary = publicationSummary{s.Documents, s.Pages, s.Tables, s.Cells, s.Lines, s.Findings, s.Files}
	content, err := json.Marshal(r)
	if err != nil {
		return err
	}
	temporary := r.path() + temporarySuffix
	if err := writeSynced(temporary, content); err != nil {
		return err
	}
	return outputError(r.path(), os.Rename(temporary, r.path()))
}

func (r *publicationRecord) path() string {
	return filepath.Join(r.folder, filepath.FromSlash(publicationFile))
}
