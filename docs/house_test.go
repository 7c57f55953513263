package docs_test

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"path"
	"slices"
	"strings"
)

// The size of the picture's parts, in pixels.
const (
	boxHeight, rowHeight, gap = 28, 60, 14
	// upright is how little the picture leans: spots are drawn to its middle.
	upright                     = 0.93
	letter, margin, bandOverlap = 7.5, 20, 16
)

// spot is a package in the picture, or a bend of an arrow that passes a row.
type spot struct {
	name      string
	row       int
	x, width  float64
	up, down  []*spot
	isPackage bool
}

// draw is the picture of a graph of imports: each package is in a row above all that it imports. An import that follows from
// others isn't drawn. The rows are ordered so that few arrows cross, by the method of Sugiyama.
func draw(of map[string][]string) string {
	rows := layers(of)
	best, fewest := positions(rows), math.MaxInt
	for sweep := range 60 {
		connected := func(s *spot) []*spot { return s.down }
		if sweep%2 == 1 {
			connected = func(s *spot) []*spot { return s.up }
		}
		for i := range rows {
			if sweep%2 == 1 {
				i = len(rows) - 1 - i
			}
			slices.SortStableFunc(rows[i], func(a, b *spot) int { return cmp.Compare(a.center(connected(a)), b.center(connected(b))) })
			number(rows[i])
		}
		if n := crossings(rows); n < fewest {
			best, fewest = positions(rows), n
		}
	}
	for _, row := range rows {
		slices.SortFunc(row, func(a, b *spot) int { return cmp.Compare(best[a], best[b]) })
	}
	arrange(rows)
	return svg(rows)
}

// layers puts each package above what it imports, and a floor above the ones below it.
func layers(of map[string][]string) (rows [][]*spot) {
	reaches := map[string]map[string]bool{}
	spots := map[string]*spot{}
	var visit func(name string)
	visit = func(name string) {
		if reaches[name] != nil {
			return
		}
		reaches[name] = map[string]bool{}
		for _, to := range of[name] {
			visit(to)
			reaches[name][to] = true
			maps.Copy(reaches[name], reaches[to])
		}
	}
	names := slices.Sorted(maps.Keys(of))
	for _, name := range names {
		visit(name)
	}
	// A package imports fewer than the ones that import it.
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(floor(a), floor(b)), cmp.Compare(len(reaches[a]), len(reaches[b])))
	})
	base, top := 0, 0
	for i, name := range names {
		if i > 0 && floor(name) != floor(names[i-1]) {
			base = top + 1
		}
		s := &spot{name: name, row: base, width: letter*float64(len(path.Base(name))) + 20, isPackage: true}
		for _, to := range of[name] {
			if spots[to] == nil {
				panic(fmt.Sprintf("%s and %s import each other", name, to))
			}
			s.row = max(s.row, spots[to].row+1)
		}
		top = max(top, s.row)
		spots[name] = s
		for len(rows) <= s.row {
			rows = append(rows, nil)
		}
		rows[s.row] = append(rows[s.row], s)
		for _, to := range of[name] {
			if slices.ContainsFunc(of[name], func(other string) bool { return reaches[other][to] }) {
				continue
			}
			from := s
			for row := s.row - 1; row > spots[to].row; row-- {
				bend := &spot{name: to, row: row, width: 4}
				rows[row] = append(rows[row], bend)
				from.down, bend.up = append(from.down, bend), append(bend.up, from)
				from = bend
			}
			from.down, spots[to].up = append(from.down, spots[to]), append(spots[to].up, from)
		}
	}
	for _, row := range rows {
		number(row)
	}
	return rows
}

func number(row []*spot) {
	for i, s := range row {
		s.x = float64(i)
	}
}

// center is the mean place of these, or the spot's own without any.
func (s *spot) center(of ...[]*spot) float64 {
	sum, n := 0.0, 0
	for _, other := range slices.Concat(of...) {
		sum += other.x
		n++
	}
	if n == 0 {
		return s.x
	}
	return sum / float64(n)
}

func positions(rows [][]*spot) map[*spot]float64 {
	at := map[*spot]float64{}
	for _, row := range rows {
		for _, s := range row {
			at[s] = s.x
		}
	}
	return at
}

func crossings(rows [][]*spot) (n int) {
	for _, row := range rows {
		for i, a := range row {
			for _, b := range row[i+1:] {
				for _, x := range a.down {
					for _, y := range b.down {
						if x.x > y.x {
							n++
						}
					}
				}
			}
		}
	}
	return n
}

// arrange moves the spots of each row to what they are connected to, as far as their order and width let them.
func arrange(rows [][]*spot) {
	for _, row := range rows {
		x := 0.0
		for _, s := range row {
			x -= (s.width + gap) / 2
		}
		for _, s := range row {
			s.x = x + s.width/2
			x += s.width + gap
		}
	}
	for range 200 {
		for _, row := range rows {
			wanted := make([]float64, len(row))
			for i, s := range row {
				wanted[i] = upright * s.center(s.up, s.down)
			}
			// Each spot pushes the next one to the right in one pass and to the left in another; their mean is fair.
			right, left := slices.Clone(wanted), slices.Clone(wanted)
			for i := 1; i < len(row); i++ {
				right[i] = max(right[i], right[i-1]+(row[i-1].width+row[i].width)/2+gap)
			}
			for i := len(row) - 2; i >= 0; i-- {
				left[i] = min(left[i], left[i+1]-(row[i+1].width+row[i].width)/2-gap)
			}
			for i, s := range row {
				s.x = math.Round((right[i] + left[i]) / 2) // whole, so that each processor draws the same
			}
		}
	}
}

const style = `<style>
text{font:13px ui-monospace,Menlo,Consolas,monospace;fill:#1f2328;text-anchor:middle}
.floor{font-weight:bold;text-anchor:start;fill:#59636e}
.band{fill:#f6f8fa;stroke:#d1d9e0}.box{fill:#fff;stroke:#59636e}path{fill:none;stroke:#8c959f}marker path{fill:#8c959f;stroke:none}
@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.floor{fill:#9198a1}.band{fill:#151b23;stroke:#3d444d}.box{fill:#0d1117;stroke:#9198a1}path{stroke:#656c76}marker path{fill:#656c76}}
</style>
<defs><marker id="a" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 6 3 0 6z"/></marker></defs>
`

// svg writes the rows, the highest first, each floor as a band.
func svg(rows [][]*spot) string {
	least, most := math.Inf(1), math.Inf(-1)
	for _, row := range rows {
		for _, s := range row {
			least, most = min(least, s.x-s.width/2), max(most, s.x+s.width/2)
		}
	}
	x := func(s *spot) float64 { return math.Round(s.x - least + 2*margin) }
	y := func(row int) int { return margin + (len(rows)-1-row)*rowHeight + bandOverlap }
	width, height := math.Round(most-least)+4*margin, y(-1)

	var b, boxes strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %v %d" width="%v" height="%d" role="img">`+"\n", width, height, width, height)
	b.WriteString("<title>The packages of the wizard and their imports</title>\n" + style)
	begin := 0
	for i, row := range rows {
		if i+1 < len(rows) && rowFloor(rows[i+1]) == rowFloor(row) {
			continue
		}
		top := y(i) - bandOverlap
		fmt.Fprintf(&b, `<rect class="band" x="%d" y="%d" width="%v" height="%d" rx="8"/>`+"\n", margin/2, top, width-margin, y(begin)+boxHeight+bandOverlap-top-8)
		fmt.Fprintf(&b, `<text class="floor" x="%d" y="%d">%s</text>`+"\n", margin, top+18, floors[rowFloor(row)])
		begin = i + 1
	}
	for i, row := range rows {
		for _, s := range row {
			if !s.isPackage {
				continue
			}
			fmt.Fprintf(&boxes, `<rect class="box" x="%v" y="%d" width="%v" height="%d" rx="5"/>`, math.Round(x(s)-s.width/2), y(i), math.Round(s.width), boxHeight)
			fmt.Fprintf(&boxes, `<text x="%v" y="%d">%s</text>`+"\n", x(s), y(i)+19, path.Base(s.name))
			for _, to := range s.down {
				fmt.Fprintf(&b, `<path d="M%v %d`, x(s), y(i)+boxHeight)
				from := s
				for ; ; from, to = to, to.down[0] {
					above, below := y(from.row)+boxHeight, y(to.row)
					fmt.Fprintf(&b, "C%v %d %v %d %v %d", x(from), above+20, x(to), below-20, x(to), below)
					if to.isPackage {
						break
					}
					fmt.Fprintf(&b, "V%d", below+boxHeight)
				}
				b.WriteString(`" marker-end="url(#a)"/>` + "\n")
			}
		}
	}
	return b.String() + boxes.String() + "</svg>\n"
}

// rowFloor is the floor of the packages in a row.
func rowFloor(row []*spot) int {
	return floor(row[slices.IndexFunc(row, func(s *spot) bool { return s.isPackage })].name)
}
