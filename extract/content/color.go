package content

// colorSpace is what is needed to tell light colours from dark ones.
type colorSpace uint8

const (
	grayLike   colorSpace = iota // 1 is white
	rgbLike                      // 1 1 1 is white
	cmykLike                     // 0 0 0 0 is white
	tintLike                     // Separation, DeviceN: all 0 is no ink
	otherSpace                   // never taken for white
)

const (
	// nearWhite: a component from here on is not told from paper by a reader.
	nearWhite = 0.985
	// unseenAlpha: below this opacity nothing shows.
	unseenAlpha = 0.02
	// opaqueAlpha: from this opacity on nothing shows through.
	opaqueAlpha = 0.98
)

// paint is the colour that fills or strokes.
type paint struct {
	space colorSpace
	white bool
	light float32 // 0 black … 1 white; 0 when it is not known
	alpha float32
}

// unseen: white or transparent, so that on paper nothing shows.
func (p *paint) unseen() bool { return p.white || p.alpha < unseenAlpha }

// begin selects a colour space; its first colour is black in all but odd ones.
func (p *paint) begin(space colorSpace) {
	p.space, p.white, p.light = space, false, 0
}

// set takes the operands of a colour operator; a pattern's name is no colour.
func (p *paint) set(components []operand) {
	p.white, p.light = len(components) > 0 && p.space != otherSpace, 0
	var sum float64
	for i := range components {
		c := &components[i]
		if c.kind != numberOperand {
			p.white = false
			return
		}
		light := c.number
		if p.space == cmykLike || p.space == tintLike {
			light = 1 - c.number
		}
		p.white = p.white && light >= nearWhite
		sum += light
	}
	switch {
	case len(components) == 0 || p.space == otherSpace:
	case p.space == rgbLike && len(components) == 3:
		p.light = luma(components)
	default:
		p.light = float32(sum / float64(len(components)))
	}
}

// luma weighs red, green and blue as the eye does (ITU-R BT.601).
func luma(rgb []operand) float32 {
	return float32(0.299*rgb[0].number + 0.587*rgb[1].number + 0.114*rgb[2].number)
}

// spaceOf is the device colour space that g, rg or k (or G, RG, K) selects.
func spaceOf(operator uint32) colorSpace {
	switch operator {
	case opg, opG:
		return grayLike
	case oprg, opRG:
		return rgbLike
	}
	return cmykLike
}

func deviceSpace(name string) colorSpace {
	switch name {
	case "DeviceGray", "CalGray", "G":
		return grayLike
	case "DeviceRGB", "CalRGB", "RGB":
		return rgbLike
	case "DeviceCMYK", "CMYK":
		return cmykLike
	case "Separation", "DeviceN":
		return tintLike
	}
	return otherSpace
}

func spaceKind(v value) colorSpace {
	if name, ok := v.name(); ok {
		return deviceSpace(name)
	}
	family := nameOf(v.index(0))
	if family != "ICCBased" {
		return deviceSpace(family)
	}
	switch integer(v.index(1).key("N"), 0) {
	case 1:
		return grayLike
	case 3:
		return rgbLike
	case 4:
		return cmykLike
	}
	return otherSpace
}
