package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/** What a container holds only if a secret is so is not told by what becomes of it through that container. */
class HeldElsewhereTest {
    private static final String WORLD = """
            {"tools": {
              "r_alice": {"params": [], "effect": false, "result": NUMBER,
                          "label": {"integrity": "trusted", "readers": ["alice"]}},
              "z_alice": {"params": [], "effect": false, "result": TRUTH,
                          "label": {"integrity": "trusted", "readers": ["alice"]}},
              "z_both": {"params": [], "effect": false, "result": TRUTH,
                         "label": {"integrity": "trusted", "readers": ["alice", "bob"]}},
              "tell_bob": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["bob"]}}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
            """;

    private static List<String> sent(String plan, int secret) throws WorldException {
        List<String> sent = new ArrayList<>();
        String all = "s = r_alice()\na = r_alice()\nz = z_alice()\nab = z_both()\n" + plan + "send('end')\n";
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse(all);
        Listener listener = new OnEffect((tool, arguments) -> {
            if (tool.name().equals("send")) {
                sent.add(arguments.toString());
            }
        });
        World world = WorldFile.parse(
                "world",
                WORLD.replace("NUMBER", Integer.toString(secret)).replace("TRUTH", Boolean.toString(secret > 0)));
        assertThat(Plans.run(parsed.plan(), world, listener, Limits.USUAL).toString())
                .doesNotContain("had not foreseen");
        return sent;
    }

    private static void tellsNothing(String plan) throws WorldException {
        List<String> first = sent(plan, 0);
        assertThat(sent(plan, 1)).as(plan).isEqualTo(first);
        assertThat(sent(plan, 2)).as(plan).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rows=[{\"a\":i,\"o\":i} for i in range(9)]\nsome=[]\nif z:\n    some=[q for q in rows if q[\"a\"]>3]\nfor q in some:\n    q[\"o\"]=0\nsend(rows[8][\"o\"])\n",
                "rows=[{\"a\":i,\"o\":i} for i in range(9)]\nsome=[]\nif z:\n    some.extend(rows)\nfor q in some:\n    q[\"o\"]=0\nsend(rows[8][\"o\"])\n",
                "rows=[{\"a\":i,\"o\":i} for i in range(9)]\nl=[]\nif z:\n    for q in rows:\n        l=[q]\nfor e in l:\n    e[\"o\"]=3\nsend(rows[8][\"o\"])\n",
                "d={\"k\":{\"o\":0}}\np={\"o\":1}\nif z:\n    d[\"k\"]=p\nif z:\n    d[\"k\"][\"o\"]=5\nsend(p[\"o\"])\n",
                "p=[1,2]\ng=[]\nif z:\n    g.append(p)\nh=list(g)\nfor q in h:\n    q.append(4)\nsend(len(p))\n",
                "p=[1,2]\ng=[]\nif z:\n    g.append(p)\nh={\"g\":g}\nfor q in h[\"g\"]:\n    q.append(4)\nsend(len(p))\n",
                "p=[1,2]\ng=[]\nif z:\n    g.append(p)\n[q.append(4) for q in g]\nsend(len(p))\n",
                "p=[1,2]\ng=[]\ndef f():\n    if z:\n        g.append(p)\nf()\nfor q in g:\n    q.append(4)\nsend(len(p))\n",
                "p=[1,2]\ndef f():\n    g=[]\n    if z:\n        g.append(p)\n    return g\nfor q in f():\n    q.append(4)\nsend(len(p))\n",
                "p=[1,2]\ng=[]\nz and g.append(p)\nfor q in g:\n    q.append(4)\nsend(len(p))\n",
                "p=[1,2]\ng=[p]*int(z)\nfor q in g:\n    q.append(4)\nsend(len(p))\n",
                "p=[1,2]\ng=[p][:int(z)]\nfor q in g:\n    q.append(4)\nsend(len(p))\n",
                "p=[1,2]\ng=[]\ng.extend([p]*int(z))\nfor q in g:\n    q.append(4)\nsend(len(p))\n",
                "p=[1,2]\ng={}\ng.update({\"p\":p} if z else {})\nfor q in g.values():\n    q.append(4)\nsend(len(p))\n",
                "p=[1,2]\ng=[p]\nif z:\n    g.clear()\nfor q in g:\n    q.append(4)\nsend(len(p))\n",
                "p=[1,2]\ng=[]\ntry:\n    x=1//s\n    g.append(p)\nexcept ZeroDivisionError:\n    pass\nfor q in g:\n    q.append(4)\nsend(len(p))\n",
                "p=[1]\nx=[]\nif z:\n    x=[[p]]\nfor q in x:\n    for r in q:\n        r.append(4)\nsend(len(p))\n",
                "p={\"o\":1}\nx=[]\nif z:\n    x=[p] if z else [p,p]\nfor r in x:\n    r[\"o\"]=4\nsend(p[\"o\"])\n",
                "p={\"o\":1}\nx=[p] if z else []\nfor r in x:\n    r[\"o\"]=4\nsend(p[\"o\"])\n",
                "p={\"o\":1}\nx=[p] if z else None\nfor r in (x or []):\n    r[\"o\"]=4\nsend(p[\"o\"])\n",
                "p=[1]\nh=[p]\nif z:\n    h.clear()\ng=[*h]\nfor q in g:\n    q.append(1)\nsend(len(p))\n",
                "p=[1]\nh={\"k\":p}\nif z:\n    h.clear()\ng={**h}\nfor q in g.values():\n    q.append(1)\nsend(len(p))\n",
                "p=[1]\nh={\"k\":p}\nif z:\n    h.clear()\ng=h|{\"l\":[2]}\nfor q in g.values():\n    q.append(1)\nsend(len(p))\n",
                "p=[1]\nh={\"k\":p}\nif z:\n    h.clear()\ng={\"l\":[2]}\ng|=h\nfor q in g.values():\n    q.append(1)\nsend(len(p))\n",
                "p=[1]\nh={\"k\":p}\nif z:\n    h.clear()\ng=dict(h)\nfor q in g.values():\n    q.append(1)\nsend(len(p))\n",
                "p=[1]\nh={\"k\":p}\nif z:\n    h.clear()\ng=list(h.items())\nfor k,q in g:\n    q.append(1)\nsend(len(p))\n",
                "p=[1]\nh={\"k\":p}\nif z:\n    h.clear()\ng=list(map(lambda k: h[k], h))\nfor q in g:\n    q.append(1)\nsend(len(p))\n",
                "p=[1]\nh=[p]\nif z:\n    h.clear()\ng=list(enumerate(h))\nfor k,q in g:\n    q.append(1)\nsend(len(p))\n",
                "p=[1]\nh=[p]\nif z:\n    h.clear()\ng=tuple(h)\nfor q in g:\n    q.append(1)\nsend(len(p))\n",
                "p=[1]\nh=[p,[2]]\nh.pop(int(z))\nfor g in h:\n    g.append(1)\nsend(len(p))\n",
                "p=[1]\nh=[p,[2]]\ndel h[z]\nfor g in h:\n    g.append(1)\nsend(len(p))\n",
                "p=[1]\nh=[[3],[2]]\nh[z]=p\nfor g in h:\n    g.append(1)\n    break\nsend(len(p))\n",
                "p=[1]\nh=[[3],[2]]\nh.insert(z,p)\nfor g in h:\n    g.append(1)\n    break\nsend(len(p))\n",
                "p=[1]\nh={\"k\":p}\nh.pop(\"k\" if z else \"l\",None)\nfor g in h.values():\n    g.append(1)\nsend(len(p))\n",
                "p=[1]\nh={\"k\":[1]}\nq=h.setdefault(\"k\" if z else \"l\",p)\nfor g in h.values():\n    g.append(1)\nsend(len(p))\n",
                "p=[1]\nh={}\nh[\"k\" if z else \"l\"]=p\nfor g in h.values():\n    g.append(1)\nsend(len(p))\n",
                "p=[1]\nh={\"k\":p,\"l\":[1]}\nh[\"k\" if z else \"l\"]=[3]\nfor g in h.values():\n    g.append(1)\nsend(len(p))\n",
                "p={\"k\":1}\nh=[p,{\"k\":2}]\nh=[q for q in h if q[\"k\"]>s]\nfor q in h:\n    q[\"k\"]=5\nsend(p[\"k\"])\n",
                "p={\"k\":1}\nh=[p,{\"k\":2}]\nh={q[\"k\"]:q for q in h if q[\"k\"]>s}\nfor q in h.values():\n    q[\"k\"]=5\nsend(p[\"k\"])\n",
                "p={\"k\":1}\nh=[p,{\"k\":2}]\nh=sorted(h,key=lambda q:q[\"k\"]*s)[:1]\nfor q in h:\n    q[\"k\"]=5\nsend(p[\"k\"])\n",
                "p={\"k\":1}\nh=[p,{\"k\":2}]\nh=h[:s]\nfor q in h:\n    q[\"k\"]=5\nsend(p[\"k\"])\n",
                "class N(BaseModel):\n    k: int\np=N(k=1)\nh=[p]\nh=h[:s]\nfor q in h:\n    q.k=5\nsend(p.k)\n",
                "class N(BaseModel):\n    k: int\np=N(k=[1])\nh=[]\nif z:\n    h.append(p)\nfor q in h:\n    q.k.append(5)\nsend(len(p.k))\n",
                "h=[]\np=[1]\ndef f(q):\n    h.append(q)\nif z:\n    f(p)\ndef g():\n    for q in h:\n        q.append(2)\ng()\nsend(len(p))\n",
                "h=[]\np=[1]\nm=[h]\nif z:\n    m[0].append(p)\nfor l in m:\n    for q in l:\n        q.append(2)\nsend(len(p))\n",
                "h=[]\np=[1]\ne=None\ntry:\n    if z:\n        raise ValueError(p)\nexcept ValueError as x:\n    h.append(x)\nfor y in h:\n    y.args[0].append(3)\nsend(len(p))\n",
                "p={\"o\":1}\nrows=[p,{\"o\":2}]\nit=reversed(rows)\nif z:\n    for q in it:\n        q[\"o\"]=5\nsend(p[\"o\"])\n",
                "p={\"o\":1}\nrows=[p,{\"o\":2}]\nit=reversed(rows)\nx=next(it)\nif z:\n    for q in it:\n        q[\"o\"]=5\nsend(rows[0][\"o\"])\n",
                "p={\"o\":1}\nrows=[p,{\"o\":2}]\nit=reversed(rows)\nif z:\n    next(it)[\"o\"]=5\nsend(rows[1][\"o\"])\n"
            })
    void whatIsChangedThroughItMayBeChanged(String plan) throws WorldException {
        tellsNothing(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g=[]\ng.extend([\"a\"]*int(z))\nfor q in g:\n    x=1+q\n",
                "g=[]\nh=[\"a\"]\nif z:\n    h.clear()\ng.extend(h)\nfor q in g:\n    x=1+q\n",
                "g=[1]\nh=[\"a\"]\nif z:\n    h.clear()\ng+=h\nx=sum(g)\n",
                "g=[1]\nh=[\"a\"]\nif z:\n    h.clear()\ng=g+h\nx=sum(g)\n",
                "g=[1]\nh=[\"a\"]\nif z:\n    h.clear()\ng[0:0]=h\nx=sum(g)\n",
                "g={\"k\":1}\nh={\"a\":\"a\"}\nif z:\n    h.clear()\ng.update(h)\nx=sum(g.values())\n",
                "g={\"k\":1}\nh={\"a\":\"a\"}\nif z:\n    h.clear()\ng|=h\nx=sum(g.values())\n",
                "g={\"k\":1}\nh={\"a\":\"a\"}\nif z:\n    h.clear()\ng={**g,**h}\nx=sum(g.values())\n",
                "g={\"k\":1}\nh={\"a\":\"a\"}\nif z:\n    h.clear()\ng=g|h\nx=sum(g.values())\n",
                "g=[1]\nh=[\"a\"]\nif z:\n    h.clear()\ng=[*g,*h]\nx=sum(g)\n",
                "g=[1]\nh=[\"a\"]\nif z:\n    h.clear()\ng=[*g,*h]\nfor q in g:\n    try:\n        x=1+q\n    except TypeError:\n        send(2)\n",
                "g={1}\nh={\"a\"}\nif z:\n    h.clear()\ng.update(h)\nx=sum(g)\n",
                "g={1}\nh={\"a\"}\nif z:\n    h.clear()\ng|=h\nx=sum(g)\n",
                "la=[1]\nk={\"k\": la}.items() if s > 0 else [1, 2]\nh=[v for v in k]\ntry:\n    sum(h)\nexcept TypeError:\n    pass\nsend(7)\n",
                "la=[1]\nk={\"k\": la}.items() if s > 0 else [1, 2]\nh=list(k)\ntry:\n    sum(h)\nexcept TypeError:\n    pass\nsend(7)\n",
                "la=[1]\nk={\"k\": la}.items() if s > 0 else [1, 2]\nh=k\ntry:\n    sum(h)\nexcept TypeError:\n    pass\nsend(7)\n",
                "la=[1]\nk={\"k\": la}.values() if s > 0 else [1, 2]\nh=[v for v in k]\ntry:\n    sum(h)\nexcept TypeError:\n    pass\nsend(7)\n",
                "la=[1]\nk={\"k\": la}.values() if s > 0 else [1, 2]\nh=list(k)\ntry:\n    sum(h)\nexcept TypeError:\n    pass\nsend(7)\n",
                "la=[1]\nk={\"k\": la}.values() if s > 0 else [1, 2]\nh=k\ntry:\n    sum(h)\nexcept TypeError:\n    pass\nsend(7)\n",
                "la=[1]\nk=[1, 2] if s > 0 else {\"k\": la}.items()\nh=[v for v in k]\ntry:\n    sum(h)\nexcept TypeError:\n    pass\nsend(7)\n",
                "la=[1]\nk=[1, 2] if s > 0 else {\"k\": la}.items()\nh=list(k)\ntry:\n    sum(h)\nexcept TypeError:\n    pass\nsend(7)\n",
                "la=[1]\nk=[1, 2] if s > 0 else {\"k\": la}.items()\nh=k\ntry:\n    sum(h)\nexcept TypeError:\n    pass\nsend(7)\n",
                "la=[1]\nk={\"k\": la}.items() if s > 0 else la\nh=[v for v in k]\ntry:\n    sum(h)\nexcept TypeError:\n    pass\nsend(7)\n",
                "la=[1]\nk={\"k\": la}.items() if s > 0 else la\nh=list(k)\ntry:\n    sum(h)\nexcept TypeError:\n    pass\nsend(7)\n",
                "la=[1]\nk={\"k\": la}.items() if s > 0 else la\nh=k\ntry:\n    sum(h)\nexcept TypeError:\n    pass\nsend(7)\n",
                "la=[1]\nk={\"k\": la} if s > 0 else [1, 2]\nh=[v for v in k]\ntry:\n    sum(h)\nexcept TypeError:\n    pass\nsend(7)\n",
                "la=[1]\nk={\"k\": la} if s > 0 else [1, 2]\nh=list(k)\ntry:\n    sum(h)\nexcept TypeError:\n    pass\nsend(7)\n",
                "la=[1]\nk={\"k\": la} if s > 0 else [1, 2]\nh=k\ntry:\n    sum(h)\nexcept TypeError:\n    pass\nsend(7)\n"
            })
    void whatWouldFailForItMayFail(String plan) throws WorldException {
        tellsNothing(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p=[a]\nl=[]\nif ab:\n    l.append(p)\ntell_bob(l)\n",
                "p=[1]\nl=[]\nif ab:\n    l.append(p)\np.append(a)\ntell_bob(l)\n",
                "p={\"o\":1}\nl=[]\nif ab:\n    l.append(p)\np[\"o\"]=a\ntell_bob(next((q[\"o\"] for q in l),0))\n",
                "p={\"o\":1}\nl=[]\nif ab:\n    l.append(p)\np[\"o\"]=a\nx=0\nfor q in l:\n    x=1\ntell_bob(x)\n",
                "p={\"o\":1}\nl=[{\"o\":1}]\nif ab:\n    l[0]=p\np[\"o\"]=a\ntell_bob(l)\n",
                "p={\"o\":1}\nt=()\nif ab:\n    t=(p,)\np[\"o\"]=a\ntell_bob(t)\n",
                "p=[1]\ns2=set()\nt=[]\nif ab:\n    t=[(p,1)]\np.append(a)\ntell_bob(t)\n",
                "p=[a]\nx=[]\nif ab:\n    x=[p]\ntell_bob(x)\n",
                "p=[1]\nx=[]\nif ab:\n    x=[[p]]\np[0]=a\ntell_bob(x)\n",
                "p=[1]\nx=[]\nif ab:\n    x=[p]\np[0]=a\ntell_bob(x)\n",
                "p=[1]\nx=None\nif ab:\n    x=p\np[0]=a\ntell_bob(x)\n",
                "p=[1]\nx=[[1]]\nif ab:\n    x=[p]\np[0]=a\ntell_bob(x)\n",
                "def mk():\n    return []\np=[1]\nx=mk()\nif ab:\n    x.append(p)\np[0]=a\ny=x[:]\ntell_bob(y)\n",
                "p=[a]\nv=[]\nif ab:\n    v.append(p)\ntell_bob([len(q) for q in v])\n",
                "p=[a]\nv=[]\nif ab:\n    v.append(p)\ntell_bob([len(q) for q in v])\n",
                "v=[a,a]\ntell_bob([q for q in v if ab])\n",
                "v=[a,a]\ntell_bob([{\"k\":q} for q in v if ab])\n",
                "v=[a,a]\ny=[{\"k\":q} for q in v if ab]\ntell_bob([q[\"k\"] for q in y])\n",
                "v=[a,a]\ny=[{\"k\":q} for q in v if ab]\nx=0\nfor q in y:\n    x=q[\"k\"]\ntell_bob(x)\n",
                "v=[a,a]\ny=[]\nfor q in v:\n    if ab:\n        y.append({\"k\":q})\ntell_bob([q[\"k\"] for q in y])\n",
                "v=[a,a][:int(ab)]\ntell_bob(v)\n",
                "v=[a]*int(ab)\ntell_bob(v)\n",
                "v=(a,)*int(ab)\ntell_bob(v)\n",
                "v=[0]\nv.extend([a]*int(ab))\ntell_bob(v)\n",
                "v=[0]\nv+=[a]*int(ab)\ntell_bob(v)\n",
                "v={\"k\":0,\"l\":0}\nv[\"k\" if ab else \"l\"]=a\ntell_bob(v[\"k\"])\n",
                "v={\"k\":a,\"l\":0}\nv.pop(\"k\" if ab else \"l\")\ntell_bob(v)\n",
                "v={\"k\":a,\"l\":0}\nv[\"k\" if ab else \"l\"]=0\ntell_bob(v)\n",
                "v=[a,0]\nv[ab]=0\ntell_bob(v)\n",
                "v=[a,0]\nv.pop(ab)\ntell_bob(v)\n",
                "v=[a,0]\ndel v[:int(ab)]\ntell_bob(v)\n",
                "x=\", \".join([str(a)]*int(ab))\ntell_bob(x)\n",
                "x=sum([a]*int(ab))\ntell_bob(x)\n",
                "v=[a]*int(ab)\nx=sum(v)\ntell_bob(x)\n",
                "v=[a]\nif ab:\n    v.clear()\nx=sum(v)\ntell_bob(x)\n",
                "v=[a]\nif ab:\n    v.clear()\nx=max(v,default=0)\ntell_bob(x)\n",
                "v=[a]\nif ab:\n    v.clear()\nx=any(v)\ntell_bob(x)\n",
                "v=[a]\nif ab:\n    v.clear()\nx=\",\".join(map(str,v))\ntell_bob(x)\n",
                "v={\"k\":a}\nif ab:\n    v.clear()\nx=sum(v.values())\ntell_bob(x)\n",
                "v=[str(a)]\nif ab:\n    v.clear()\nx=\",\".join(v)\ntell_bob(x)\n",
                "v=[a]\nif ab:\n    v.clear()\nx=tuple(v)\ntell_bob(x)\n",
                "v=[a]\nif ab:\n    v.clear()\nx=v+[1]\ntell_bob(x)\n",
                "v=[a]\nif ab:\n    v.clear()\nx=[*v]\ntell_bob(x)\n",
                "v=[a]\nif ab:\n    v.clear()\nx=v*2\ntell_bob(x)\n",
                "v=[a]\nif ab:\n    v.clear()\nx=v.count(1)\ntell_bob(x)\n",
                "v=[a]\nif ab:\n    v.clear()\nx=list(enumerate(v))\ntell_bob(x)\n",
                "v=[a]\nif ab:\n    v.clear()\nx=list(reversed(v))\ntell_bob(x)\n",
                "v=[a]\nif ab:\n    v.clear()\nx=sorted(v,key=lambda q:0)\ntell_bob(x)\n",
                "v=[a]\nif ab:\n    v.clear()\nx=f\"{v}\"\ntell_bob(x)\n",
                "v={\"k\":a}\nif ab:\n    v.clear()\nx=list(v.items())\ntell_bob(x)\n",
                "v={\"k\":a}\nif ab:\n    v.clear()\nx=dict(v)\ntell_bob(x)\n",
                "v={\"k\":a}\nif ab:\n    v.clear()\nx={**v}\ntell_bob(x)\n",
                "v={\"k\":a}\nif ab:\n    v.clear()\nx=v|{\"l\":1}\ntell_bob(x)\n",
                "v={\"k\":a}\nif ab:\n    v.clear()\ndef f(**q):\n    return q\nx=f(**v)\ntell_bob(x)\n",
                "v=[a,1]\nif ab:\n    v.clear()\nx=v[:1]\ntell_bob(x)\n",
                "v=[a,1]\nif ab:\n    v.clear()\nx=next(iter(v),0)\ntell_bob(x)\n",
                "v=[a,1]\nif ab:\n    v.clear()\nx=list(filter(None,v))\ntell_bob(x)\n",
                "v=[a,1]\nif ab:\n    v.clear()\nx=[q for q in v]\ntell_bob(x)\n",
                "v=[a,1]\nif ab:\n    v.clear()\nw2=[]\nfor q in v:\n    w2.append(q)\ntell_bob(w2)\n",
                "v=[a,1]\nif ab:\n    v.clear()\nw2=[5]\nw2.extend(v)\ntell_bob(w2)\n",
                "v=[a,1]\nif ab:\n    v.clear()\nw2=[5]\nw2[0:0]=v\ntell_bob(w2)\n",
                "v=[a,1]\nif ab:\n    v.clear()\nx=next(iter(v),0)\ntell_bob(x)\n",
                "v=[a,1]\nif ab:\n    v.clear()\nx=next(reversed(v),0)\ntell_bob(x)\n",
                "v=[a,1]\nit=reversed(v)\nif ab:\n    x=list(it)\ntell_bob(list(it))\n",
                "v=[a]\nif ab:\n    v.clear()\nx=list(reversed(v))\ntell_bob(x)\n"
            })
    void whoMayReadItIsWhoMayReadAllThatItMayHold(String plan) throws WorldException {
        tellsNothing(plan);
    }
}
