package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/klauspost/compress/zstd"
)

// A generation is all files of the dataset as one publication makes them. They are
// made in a folder of their own and then shown at once:
//
//  1. freeze: each file of the generation on show gets a second name in a folder,
//     and a symbolic link by way of the link "current" takes its place; files that
//     only the new generation has get such links too, which lead nowhere yet;
//  2. one rename turns "current" to the folder of the new generation;
//  3. settle: the new files replace the links, and the folders go.
//
// Whoever looks between any two of these steps, or after the program was killed
// there, finds files that belong together; at rest there is no link. Where the file
// system knows no symbolic links the files are replaced one after the other,
// datapackage.json last.
type generation struct {
	dataset string
	slot    string // name of its folder in generationFolder
	files   []*outputFile
	// symlink and hardLink are those of the system; some file systems know neither.
	symlink, hardLink func(from, to string) error
	// compressor is that of all Parquet files: one for each would be megabytes of tables.
	compressor *zstd.Encoder
}

const (
	generationFolder = "_work/generation"
	currentLink      = "current"
)

// slots are the names of the two folders; one is on show while the other is filled.
var slots = [2]string{"a", "b"}

// newGeneration makes an empty folder for the files of a dataset, and removes what
// an interrupted publication has left. One program publishes at a time.
func newGeneration(dataset string) (*generation, error) {
	compressor, err := newCompressor()
	if err != nil {
		return nil, fmt.Errorf("parquet compression: %w", err)
	}
	g := &generation{dataset: dataset, slot: slots[0], symlink: os.Symlink, hardLink: os.Link, compressor: compressor}
	if g.shown() == slots[0] {
		g.slot = slots[1]
	}
	folder := g.path(g.slot)
	if err := errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, folderMode)); err != nil {
		return nil, outputError(folder, err)
	}
	return g, nil
}

// path is that of a name in the generation folder.
func (g *generation) path(name string) string {
	return filepath.Join(g.dataset, filepath.FromSlash(generationFolder), name)
}

// shown is the slot that "current" leads to, empty at rest.
func (g *generation) shown() string {
	slot, err := os.Readlink(g.path(currentLink))
	if err != nil {
		return ""
	}
	return slot
}

// show puts the generation in the place of the one before.
func (g *generation) show() error {
	if err := g.free(); err != nil {
		return err
	}
	earlier := publishedFiles(g.dataset)
	if earlier != nil {
		err := g.freeze(earlier)
		if err == nil {
			err = g.turn(g.slot)
		}
		if err != nil && !errors.Is(err, errNoLinks) {
			return err
		}
	}
	for _, file := range g.files {
		if err := g.place(file); err != nil {
			return err
		}
	}
	if err := g.sweep(earlier); err != nil {
		return err
	}
	return outputError(g.path(""), os.RemoveAll(g.path("")))
}

// free makes sure that nothing but a file stands where a file is to go.
func (g *generation) free() error {
	for _, file := range g.files {
		place := filepath.Join(g.dataset, filepath.FromSlash(file.Path))
		if info, err := os.Lstat(place); err == nil && info.IsDir() {
			return outputError(place, syscall.EISDIR)
		}
	}
	return nil
}

// errNoLinks says that the file system knows no symbolic links.
var errNoLinks = errors.New("no symbolic links")

// freeze replaces the files on show by links to their second names.
func (g *generation) freeze(earlier []string) error {
	slot := g.shown()
	fresh := slot == ""
	if fresh {
		slot = slots[0]
		if g.slot == slot {
			slot = slots[1]
		}
		if err := os.RemoveAll(g.path(slot)); err != nil {
			return outputError(g.path(slot), err)
		}
	}
	files := slices.Clone(earlier)
	for _, file := range g.files {
		files = append(files, file.Path)
	}
	slices.Sort(files)
	var toLink []string
	for _, file := range slices.Compact(files) {
		info, err := os.Lstat(filepath.Join(g.dataset, filepath.FromSlash(file)))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return outputError(file, err)
		case !info.Mode().IsRegular():
			continue // a link already
		default:
			if err := g.keep(file, slot); err != nil {
				return err
			}
		}
		toLink = append(toLink, file)
	}
	if fresh {
		if err := g.turn(slot); err != nil {
			return err
		}
	}
	for _, file := range toLink {
		place := filepath.Join(g.dataset, filepath.FromSlash(file))
		target, err := filepath.Rel(filepath.Dir(place), filepath.Join(g.path(currentLink), filepath.FromSlash(file)))
		if err == nil {
			err = os.MkdirAll(filepath.Dir(place), folderMode)
		}
		if err == nil {
			err = g.link(target, place)
		}
		if err != nil {
			return outputError(place, err)
		}
	}
	return nil
}

// keep gives a file on show a second name in a slot; where that is not possible, as
// for another person's file, it is copied.
func (g *generation) keep(file, slot string) error {
	place, second := filepath.Join(g.dataset, filepath.FromSlash(file)), filepath.Join(g.path(slot), filepath.FromSlash(file))
	err := os.MkdirAll(filepath.Dir(second), folderMode)
	if err == nil {
		err = g.hardLink(place, second)
	}
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	return outputError(second, copyFile(place, second))
}

// turn makes "current" lead to a slot.
func (g *generation) turn(slot string) error {
	err := g.link(slot, g.path(currentLink))
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EPERM) {
		return errNoLinks
	}
	return outputError(g.path(currentLink), err)
}

// link puts a symbolic link in the place of whatever is there.
func (g *generation) link(target, place string) error {
	temporary := g.path("link" + temporarySuffix)
	if err := os.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := g.symlink(target, temporary); err != nil {
		return err
	}
	return os.Rename(temporary, place)
}

// place puts a file in its place. Its name in the slot stays until all is settled:
// a reader may have followed a link as far as the slot when the link goes.
func (g *generation) place(file *outputFile) error {
	place := filepath.Join(g.dataset, filepath.FromSlash(file.Path))
	if err := os.MkdirAll(filepath.Dir(place), folderMode); err != nil {
		return outputError(place, err)
	}
	second := g.path("file" + temporarySuffix)
	if err := g.hardLink(file.path, second); err != nil {
		return outputError(place, os.Rename(file.path, place)) // no second names here
	}
	return outputError(place, os.Rename(second, place))
}

// sweep removes the earlier files that this generation has none for, the links
// that an interrupted publication left of such files, and folders left empty.
func (g *generation) sweep(earlier []string) error {
	placed := map[string]bool{}
	for _, file := range g.files {
		placed[file.Path] = true
	}
	for _, file := range earlier {
		if place := filepath.Join(g.dataset, filepath.FromSlash(file)); !placed[file] {
			if err := os.Remove(place); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return outputError(place, err)
			}
		}
	}
	var folders []string
	visit := func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			folders = append(folders, path)
		case entry.Type()&fs.ModeSymlink != 0 && g.leadsToCurrent(path):
			return os.Remove(path)
		}
		return nil
	}
	for _, top := range []string{csvFormat, excelFolder, parquetFormat, schemaFolder} {
		top = filepath.Join(g.dataset, top)
		if err := filepath.WalkDir(top, visit); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return outputError(top, err)
		}
	}
	for _, folder := range slices.Backward(folders) {
		os.Remove(folder) // goes only when it is empty
	}
	return nil
}

// leadsToCurrent tells a link that freeze made from the links of other people.
func (g *generation) leadsToCurrent(link string) bool {
	target, err := os.Readlink(link)
	return err == nil && strings.HasPrefix(filepath.Join(filepath.Dir(link), target), g.path(currentLink)+string(filepath.Separator))
}

// discard removes what is left of a generation that is not on show.
func (g *generation) discard() {
	for _, file := range g.files {
		file.abandon()
	}
	if g.shown() == "" {
		os.RemoveAll(g.path(""))
	} else if g.shown() != g.slot {
		os.RemoveAll(g.path(g.slot))
	}
}

// publishedFiles are the files that the dataset's descriptor names, and itself;
// nil when nothing has been published.
func publishedFiles(dataset string) []string {
	content, err := os.ReadFile(filepath.Join(dataset, descriptorFile))
	if err != nil {
		return nil
	}
	var descriptor struct {
		Resources []struct {
			Path   paths  `json:"path"`
			Schema string `json:"schema"`
		} `json:"resources"`
	}
	files := []string{descriptorFile, dictionaryFile}
	if json.Unmarshal(content, &descriptor) != nil {
		return files
	}
	named := map[string]bool{}
	for _, resource := range descriptor.Resources {
		for _, file := range append(resource.Path, resource.Schema) {
			if !named[file] && filepath.IsLocal(filepath.FromSlash(file)) {
				named[file] = true
				files = append(files, file)
			}
		}
	}
	return files
}

// copyFile makes a copy that appears whole or not at all.
func copyFile(from, to string) error {
	content, err := os.Open(from)
	if err != nil {
		return err
	}
	defer content.Close()
	partial, err := os.Create(to + temporarySuffix)
	if err != nil {
		return err
	}
	_, err = io.Copy(partial, content)
	if err = errors.Join(err, partial.Close()); err != nil {
		return errors.Join(err, os.Remove(partial.Name()))
	}
	return os.Rename(partial.Name(), to)
}
