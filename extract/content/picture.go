package content

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"image"
	"image/jpeg"

	"gongkai/extract/layout"
)

const (
	// whiteSample: from this value on a sample is white; JPEG leaves traces (of 255).
	whiteSample = 250
	// maxPicturePixels bounds the pictures that are looked at.
	maxPicturePixels = 16 << 20
	// An even block of 8 by 8 pixels costs a JPEG at most 18 bits: in each of three
	// colour components a difference of nothing and an end of block. A picture that
	// takes more than evenBlockBytes a block is no white one and need not be decoded;
	// pictureHeadBytes is room for its tables and colour profile.
	evenBlockBytes   = 4
	pictureHeadBytes = 16 << 10
)

// covers tells whether a picture hides the text below it: it is white all over and
// nothing shows through. The text below any other picture may be what an OCR
// program read in it.
func (in *interpreter) covers(picture *externalObject, box layout.Box) bool {
	if picture == nil || in.state.fillPaint.alpha < opaqueAlpha || in.state.blended || in.state.roughClip || !in.overGlyphs(box) {
		return false
	}
	if !picture.looked {
		picture.looked, picture.white = true, in.isWhite(picture.stream)
	}
	return picture.white
}

// overGlyphs tells whether some glyph has been painted within a box.
func (in *interpreter) overGlyphs(box layout.Box) bool {
	if in.looks > maxLooks {
		return false
	}
	for i := range in.glyphs {
		in.looks++
		if x, y := in.glyphs[i].Box.Center(); box.Contains(x, y) {
			return true
		}
	}
	return false
}

// isWhite tells whether all pixels of a picture are white and opaque, as far as
// this is read: JPEG, and samples of eight bits or one in grey or RGB.
func (in *interpreter) isWhite(stream value) bool {
	width, height := integer(stream.key("Width"), 0), integer(stream.key("Height"), 0)
	if width <= 0 || height <= 0 || width > maxPicturePixels/height {
		return false
	}
	for _, entry := range [...]string{"SMask", "Mask", "ImageMask", "Decode"} {
		if !stream.key(entry).null() {
			return false
		}
	}
	samples, err := in.file.decodeOnce(stream, new([]byte))
	if errors.Is(err, errUnknownFilter) && nameOf(lastFilter(stream)) == "DCTDecode" {
		encoded, _ := stream.raw()
		return in.file.isWhiteJPEG(encoded)
	}
	components := map[string]int{"DeviceGray": 1, "DeviceRGB": 3}[nameOf(stream.key("ColorSpace"))]
	bits := integer(stream.key("BitsPerComponent"), 0)
	if err != nil || components == 0 || bits != 8 && bits != 1 || bits == 1 && width%8 > 0 {
		return false
	}
	if len(samples) < width*height*components*bits/8 {
		return false
	}
	return allWhite(samples, bits)
}

// lastFilter is the one that is applied last.
func lastFilter(stream value) value {
	filters := stream.key("Filter")
	if n := filters.length(); n > 0 {
		return filters.index(n - 1)
	}
	return filters
}

func allWhite(samples []byte, bits int) bool {
	least := byte(whiteSample)
	if bits == 1 {
		least = 0xff
	}
	for _, sample := range samples {
		if sample < least {
			return false
		}
	}
	return true
}

// isWhiteJPEG decodes each encoded picture once, however many objects hold it.
func (f *File) isWhiteJPEG(encoded []byte) bool {
	size, err := jpeg.DecodeConfig(bytes.NewReader(encoded))
	if err != nil || size.Width > maxPicturePixels/max(size.Height, 1) {
		return false
	}
	if blocks := ((size.Width + 7) / 8) * ((size.Height + 7) / 8); len(encoded) > pictureHeadBytes+evenBlockBytes*blocks {
		return false
	}
	digest := sha256.Sum256(encoded)
	white, looked := f.whitePictures[digest]
	if !looked {
		if f.whitePictures == nil {
			f.whitePictures = make(map[[sha256.Size]byte]bool)
		}
		white = decodesToWhite(encoded)
		f.whitePictures[digest] = white
	}
	return white
}

func decodesToWhite(encoded []byte) bool {
	decoded, err := jpeg.Decode(bytes.NewReader(encoded))
	if err != nil {
		return false
	}
	switch pixels := decoded.(type) {
	case *image.Gray:
		return allWhite(pixels.Pix, 8)
	case *image.YCbCr:
		return allWhite(pixels.Y, 8) && allNeutral(pixels.Cb) && allNeutral(pixels.Cr)
	}
	return false
}

// allNeutral tells of samples of colour difference whether they add no colour.
func allNeutral(samples []byte) bool {
	const middle, slack = 128, 255 - whiteSample
	for _, sample := range samples {
		if sample < middle-slack || sample > middle+slack {
			return false
		}
	}
	return true
}
