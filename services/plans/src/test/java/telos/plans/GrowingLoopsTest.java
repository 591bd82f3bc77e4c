package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a loop that a secret decided about turned, and what grew in it, is told by nothing that comes behind. */
class GrowingLoopsTest {
    private static final Limits FEW = new Limits(2_000, 1 << 22, Limits.USUAL.depth(), Limits.USUAL.time());

    private static void tellsNothing(String plan) throws WorldException {
        SecretNumber.tellsNothing(plan, 0, 1, FEW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "l=[1,2]\nif s:\n    for x in l:\n        l.append(x)\n",
                "l=[1,2]\nif s:\n    [l.append(x) for x in l]\n",
                "l=[1,2]\nif s:\n    x=list(l.append(x) for x in l)\n",
                "l=[1,2]\nif s:\n    x=sum(1 for x in l if not l.append(x))\n",
                "l=[1,2]\nif s:\n    for i,x in enumerate(l):\n        l.append(x)\n",
                "l=[1,2]\nif s:\n    for i,x in zip(l,l):\n        l.append(x)\n",
                "l=[1,2]\nif s:\n    for x in iter(l):\n        l.append(x)\n",
                "l=[1,2]\nt=iter(l)\nif s:\n    for x in t:\n        l.append(x)\n",
                "l=[1,2]\nt=enumerate(l)\nif s:\n    for x in t:\n        l.append(x)\n",
                "l=[1,2]\nt=(x for x in l)\nif s:\n    for x in t:\n        l.append(x)\n",
                "l=[1,2]\nif s:\n    for x in l:\n        l+=[x]\n",
                "l=[1,2]\nif s:\n    for x in l:\n        l[len(l):]=[x]\n",
                "l=[1,2]\nif s:\n    for x in l:\n        l.extend([x])\n",
                "l=[1,2]\nif s:\n    for x in l:\n        l.insert(0,x)\n",
                "l=[1,2]\nm=l\nif s:\n    for x in l:\n        m.append(x)\n",
                "l=[1,2]\ndef f(x):\n    l.append(x)\n    return x\nif s:\n    x=list(map(f,l))\n",
                "l=[1,2]\ndef f(x):\n    l.append(x)\n    return x\nif s:\n    x=max(l,key=f)\n",
                "l=[1,2]\ndef f(x):\n    l.append(x)\n    return x\nif s:\n    x=[y for y in l if f(y)]\n",
                "l=[1,2]\ndef f(x):\n    l.append(x)\n    return x\nif s:\n    x=list(filter(f,l))\n",
                "l=[1,2]\ndef f(x):\n    l.append(x)\n    return x\nt=map(f,l)\nif s:\n    for y in t:\n        pass\n",
                "l=[1,2]\ndef f(x):\n    l.append(x)\n    return x\nt=map(f,l)\nif s:\n    x=sum(t)\n",
                "l=[1,2]\nif s:\n    l.extend(x for x in l)\n",
                "l=[1,2]\nif s:\n    l+=(x for x in l)\n",
                "l=[1,2]\nif s:\n    l.extend(map(str,l))\n",
                "l=[1,2]\nif s:\n    l.extend(iter(l))\n",
                "l=[1,2]\nif s:\n    l+=iter(l)\n",
                "l=[1,2]\nif s:\n    l.extend(enumerate(l))\n",
                "l=[1,2]\nif s:\n    x=any(l.append(y) for y in l)\n",
                "l=[1,2]\nif s:\n    x=[l.append(z) for y in [1,2] for z in l]\n",
                "l=[1,2]\nif s:\n    x={z:l.append(z) for z in l}\n",
                "l=[1,2]\nk=[l]\nif s:\n    for x in k[0]:\n        l.append(x)\n",
                "l=[1,2]\nif s:\n    a,*b=(l.append(x) for x in l)\n",
                "l=[1,2]\nif s:\n    for x in l:\n        for y in l:\n            if y==2:\n                break\n            l.append(x)\n",
                "l=[1]*s\nfor x in l:\n    l.append(x)\n",
                "l=[1,2]\nfor x in l:\n    if s:\n        l.append(x)\n",
                "l=[1,2]\nt=(x for x in l)\nfor x in t:\n    if s:\n        l.append(x)\n",
                "l=[1,2]\nx=[l.append(y) for y in l if s]\n",
                "l=[1,2]\nl.extend(x for x in l if s)\n",
            })
    void aListThatGrowsWhileItIsGoneOverEndsTheRunInNoWorldAlone(String plan) throws WorldException {
        tellsNothing(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c=b\n        b=a\n        a=True",
                "c=b\n        if i>3:\n            b=a\n        a=True",
                "c=b\n        b=a\n        a=d\n        d=e\n        e=True",
                "if i==9:\n            c=True",
                "c=not c",
            })
    void whatGrowsFasterLaterIsNotTakenToGrowAsAtFirst(String step) throws WorldException {
        for (int size = 30; size < 130; size += 5) {
            String plan = "x=0\na=b=c=d=e=False\ntable=list(range(" + size + "))\nif s:\n    for i in range(30):\n"
                    + "        if c:\n            x+=3\n        else:\n            x+=1\n        " + step
                    + "\ny=table[x]\n";
            tellsNothing(plan);
        }
    }

    /** Where a secret loop writes again what it may be already, it is known no better in the world where it did write. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "n=s%10\nfor t in [1,2,3]:\n    for w in [1,2][:s]:\n        n=3\ny=list(range(4))[n]\n",
                "n=s%10\nfor t in [1,2,3]:\n    for w in [1,2][:s]:\n        n=w\ny=list(range(3))[n]\n",
                "d={'a':s%10}\nfor t in [1,2,3]:\n    for w in [1,2][:s]:\n        d['a']=3\ny=list(range(4))[d['a']]\n",
                "n=s%10\nfor t in [1,2,3]:\n    i=0\n    while i<s%3:\n        n=3\n        i+=1\ny=list(range(4))[n]\n",
            })
    void whatALoopWritesAgainIsKnownAsLittleAsBefore(String plan) throws WorldException {
        tellsNothing(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h=lambda v: v+1\nfor i in [1,2][:s]:\n    h=lambda v,k=h(i): v+k\n",
                "h=lambda v: v+1\nfor i in [1,2][:s]:\n    h=lambda v,k=h(i): v*k\n",
                "def h(v):\n    return v+1\nfor i in [1,2][:s]:\n    def h(v,k=h(i)):\n        return v+k\n",
                "h=lambda v: [v]\nfor i in [1,2][:s]:\n    h=lambda v,k=h(i): [v,k]\n",
                "h=lambda v: v+1\nfor j in range(3):\n    for i in [1,2][:s]:\n        h=lambda v,k=h(i): v+k\n",
                "h=lambda v: v+1\ni=0\nwhile i<s:\n    h=lambda v,k=h(i): v+k\n    i+=1\n",
                "m=iter([1])\nfor i in [1,2][:s]:\n    m=map(lambda v: v+i,[next(m,0)])\n",
                "m=iter([1])\ni=0\nwhile i<s:\n    m=map(lambda v: v+i,[next(m,0)])\n    i+=1\n",
            })
    void aFunctionThatEachTurnMakesFromTheLastOneIsFollowedToAnEnd(String plan) throws WorldException {
        tellsNothing(plan);
        assertThat(SecretNumber.run(plan, 2, FEW).outcome()).as(plan).isNotInstanceOf(Outcome.Spent.class);
    }

    /** Each of them may hold any other: they are not gone through in each order. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "h=map(str,rows)",
                "h=','.join(map(str,rows))",
                "h=[*map(repr,rows)]",
                "h=list(map(len,map(list,rows)))",
                "h=list(filter(None,map(str,rows)))",
            })
    void manyIteratorsOverWhatASecretChoseAreFollowedToAnEnd(String step) throws WorldException {
        for (String each : new String[] {"(i,i)", "[i]"}) {
            String plan = "rows=[" + each + " for i in range(15)]\nrows=rows if s else rows\nfor i in range(30):\n    "
                    + step + "\n";
            SecretNumber.tellsNothing(plan, 0, 1, Limits.USUAL);
            assertThat(SecretNumber.run(plan, 1, Limits.USUAL).outcome())
                    .as(plan)
                    .isNotInstanceOf(Outcome.Spent.class);
        }
    }

    /** What comes behind is as long in every world as the longest that it may be in any, and no longer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "l=[] # l.append(1) # l.append(2) # 2",
                "l=[] # l.append(1) # l.insert(0,2) # 2",
                "l=[] # l.append(1) # l.extend([2,3]) # 3",
                "l=[] # l.append(1) # l+=[2] # 2",
                "l=[] # l.append(1) # l[:0]=[2] # 2",
                "l=[] # l.append(1) # l*=3 # 3",
                "l=[1] # l.pop() # l.append(2) # 2",
                "l=m=[] # l.append(1) # m.append(2) # 2",
                "l=[] # l.append(1) # [l.append(i) for i in range(3)] # 4",
                "l=[] # l.append(1) # list(map(l.append,[1,2])) # 3",
                "l=[] # l.append(1) # l=l+[1] # 2",
                "l={} # l[\"a\"]=1 # l['b']=2 # 2",
                "l={} # l[\"a\"]=1 # l.update({'b':2}) # 2",
                "l={} # l[\"a\"]=1 # l.setdefault('b',2) # 2",
                "l={} # l[\"a\"]=1 # l|={'b':2} # 2",
                "l=set() # l.add(1) # l.add(2) # 2",
                "l=set() # l.add(1) # l.update([2]) # 2",
                "l=set() # l.add(1) # l|={2} # 2",
            })
    void whatIsAddedToSomethingOfASecretSizeIsCounted(String made, String secretly, String openly, int most)
            throws WorldException {
        for (int more = 0; more < 2; more++) {
            String plan = made + "\nif s:\n    " + secretly + "\n" + openly + "\ntable=list(range(" + (most + more)
                    + "))\ny=table[len(l)]\n";
            tellsNothing(plan);
        }
    }

    /** A list of so many is long enough whichever way was taken, and one that is shorter may not be. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 50})
    void aCountIsKnownAsWellAsItsLoopIs(int turns) throws WorldException {
        String plan = "x=0\ntable=list(range(SIZE))\nif s:\n    for i in range(" + turns + "):\n        if s>i:\n"
                + "            x+=1\ny=table[x]\n";
        assertThat(SecretNumber.run(plan.replace("SIZE", Integer.toString(turns + 1)), 1, FEW)
                        .sent())
                .hasSize(1);
        assertThat(SecretNumber.run(plan.replace("SIZE", Integer.toString(turns)), 1, FEW)
                        .sent())
                .isEmpty();
    }
}
